import { afterEach, describe, expect, it, vi } from "vitest"
import { finishInSlices } from "../../../src/engine/compile/drive.ts"

afterEach(() => {
  vi.restoreAllMocks()
})

/** Work of a hundred pieces. */
function* work(done: () => void): Generator<undefined, string, undefined> {
  for (let piece = 0; piece < 100; piece++) yield undefined
  done()
  return "built"
}

describe("work in slices", () => {
  it("lets others have the thread before it is done, and gives what the work gives", async () => {
    let now = 0
    vi.spyOn(performance, "now").mockImplementation(() => (now += 3))
    const events: string[] = []
    setTimeout(() => events.push("another task"))
    expect(await finishInSlices(work(() => events.push("the last piece")))).toBe("built")
    expect(events).toEqual(["another task", "the last piece"])
  })
})

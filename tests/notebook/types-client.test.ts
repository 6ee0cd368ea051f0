import { afterEach, describe, expect, it, vi } from "vitest"
import { TypeClient, type TypeWorker } from "../../src/notebook/types/client.ts"
import { Desk } from "../../src/notebook/types/desk.ts"
import type { FromWorker, ToWorker } from "../../src/notebook/types/protocol.ts"
import type { LiveCell } from "../../src/notebook/types/places.ts"
import type { TypeService } from "../../src/notebook/types/service.ts"

/** A worker that keeps what it is told; the test says what it answers. */
class FakeWorker implements TypeWorker {
  onmessage: TypeWorker["onmessage"] = null
  onerror: TypeWorker["onerror"] = null
  readonly told: ToWorker[] = []
  isOver = false
  postMessage(message: ToWorker): void {
    this.told.push(message)
  }
  terminate(): void {
    this.isOver = true
  }
  say(message: FromWorker): void {
    this.onmessage!.call(this as unknown as Worker, { data: message } as MessageEvent)
  }
  crash(): void {
    this.onerror!.call(this as unknown as Worker, {} as ErrorEvent)
  }
}

function open(sources: Record<string, string>): { worker: FakeWorker; client: TypeClient } {
  const worker = new FakeWorker()
  const cells = (): LiveCell[] => Object.entries(sources).map(([name, source]) => ({ kind: "cell", name, source }))
  return { worker, client: new TypeClient(() => worker, "/files.json", cells) }
}

describe("the client of the type checker", () => {
  it("tells the worker the cells before it asks, and once only", async () => {
    const { worker, client } = open({ a: "1" })
    void client.hover("a", 0)
    void client.diagnostics("a")
    await Promise.resolve()
    expect(worker.told).toEqual([
      { type: "start", files: "/files.json" },
      { type: "update", version: 1, cells: [{ kind: "cell", name: "a", source: "1" }] },
      { type: "question", id: 1, version: 1, ask: "hover", args: ["a", 0] },
      { type: "question", id: 2, version: 1, ask: "diagnostics", args: ["a"] },
    ])
  })

  it("gives each answer to its question, in whatever order they come", async () => {
    const { worker, client } = open({ a: "1" })
    const first = client.diagnostics("a")
    const second = client.diagnostics("a")
    await Promise.resolve()
    worker.say({ type: "answer", id: 2, answer: ["second"] })
    worker.say({ type: "answer", id: 1, answer: ["first"] })
    expect(await Promise.all([first, second])).toEqual([["first"], ["second"]])
  })

  it("drops an answer about cells that have changed since", async () => {
    const sources = { a: "1" }
    const { worker, client } = open(sources)
    const late = client.hover("a", 0)
    await Promise.resolve()
    sources.a = "2"
    const fresh = client.hover("a", 0)
    expect(await late).toBeNull()
    worker.say({ type: "answer", id: 1, answer: "late" })
    worker.say({ type: "answer", id: 2, answer: "fresh" })
    expect(await fresh).toBe("fresh")
  })

  it("says which cells changed, came or went", async () => {
    const sources: Record<string, string> = { a: "1", b: "2", c: "3" }
    const { client } = open(sources)
    void client.hover("a", 0)
    await Promise.resolve()
    const heard: string[][] = []
    const end = client.onChange((changed) => heard.push([...changed].sort()))
    sources["a"] = "9"
    delete sources["b"]
    sources["d"] = "4"
    void client.hover("a", 0)
    await Promise.resolve()
    end()
    sources["a"] = "10"
    void client.hover("a", 0)
    await Promise.resolve()
    expect(heard).toEqual([["a", "b", "d"]])
  })

  it("is ready when the worker says so", async () => {
    const { worker, client } = open({})
    worker.say({ type: "ready" })
    expect(await client.ready).toBe(true)
  })

  it.each<[string, (worker: FakeWorker) => void]>([
    ["crashes", (worker) => worker.crash()],
    ["cannot read its files", (worker) => worker.say({ type: "failed", message: "404" })],
  ])("answers null from then on when the worker %s", async (_, fail) => {
    const { worker, client } = open({ a: "1" })
    const asked = client.hover("a", 0)
    await Promise.resolve()
    fail(worker)
    expect(await client.ready).toBe(false)
    expect(await asked).toBeNull()
    expect(await client.diagnostics("a")).toBeNull()
    expect(worker.isOver).toBe(true)
  })

  it("answers null when there can be no worker", async () => {
    const client = new TypeClient(
      () => {
        throw new DOMException("refused", "SecurityError")
      },
      "/files.json",
      () => [],
    )
    expect(await client.ready).toBe(false)
    expect(await client.complete("a", 0)).toBeNull()
  })
})

describe("the worker's desk", () => {
  const update = (version: number): ToWorker => ({ type: "update", version, cells: [] })
  const question = (id: number, version: number): ToWorker => ({
    type: "question",
    id,
    version,
    ask: "hover",
    args: ["a", id],
  })
  const desk = (hover: (cell: string, position: number) => unknown): { desk: Desk; sent: FromWorker[] } => {
    const sent: FromWorker[] = []
    const service = { update: () => undefined, hover } as unknown as TypeService
    return { desk: new Desk(service, (message) => sent.push(message)), sent }
  }
  afterEach(() => void vi.restoreAllMocks())

  it("answers one question after the other", async () => {
    const { desk: it, sent } = desk((_, position) => position * 10)
    for (const message of [update(1), question(1, 1), question(2, 1)]) it.receive(message)
    await vi.waitUntil(() => sent.length === 2)
    expect(sent).toEqual([
      { type: "answer", id: 1, answer: 10 },
      { type: "answer", id: 2, answer: 20 },
    ])
  })

  it("does not work on questions about cells that have changed since", async () => {
    const asked: number[] = []
    const { desk: it, sent } = desk((_, position) => asked.push(position))
    for (const message of [update(1), question(1, 1), update(2), question(2, 1), question(3, 2)]) it.receive(message)
    await vi.waitUntil(() => sent.length === 1)
    expect(asked).toEqual([3])
  })

  it("answers null, and goes on, when a question cannot be answered", async () => {
    const warn = vi.spyOn(console, "warn").mockReturnValue()
    const { desk: it, sent } = desk((_, position) => {
      if (position === 1) throw new Error("Debug Failure.")
      return "fine"
    })
    for (const message of [update(1), question(1, 1), question(2, 1)]) it.receive(message)
    await vi.waitUntil(() => sent.length === 2)
    expect(sent.map((message) => message.type === "answer" && message.answer)).toEqual([null, "fine"])
    expect(warn).toHaveBeenCalledOnce()
  })
})

import { deflateRawSync, inflateRawSync } from "node:zlib"
import { describe, expect, it } from "vitest"
import { mulberry32 } from "../../src/engine/index.ts"
import { LinkError, pack, unpack, type Shared } from "../../src/notebook/page/sharing.ts"

const shared: Shared = {
  chapter: "derivatives",
  cells: [
    { name: "nudge", text: "const h = 0.5\n" },
    { name: "ops.ts#mul", text: "export function mul() {}" },
    { name: "sides", text: "" },
  ],
}

/** A fragment that holds any bytes. */
const fragmentOf = (bytes: Uint8Array): string => `#edits=1.${Buffer.from(bytes).toString("base64url")}`
const deflated = (text: string): string => fragmentOf(deflateRawSync(Buffer.from(text)))

/** Why a link is refused. */
async function refusal(hash: string, chapter = "derivatives"): Promise<string> {
  const error: unknown = await unpack(hash, chapter).catch((thrown: unknown) => thrown)
  if (error instanceof LinkError) return error.message
  throw new Error(`Not refused: ${JSON.stringify(error)}`)
}

const damaged = "This link is damaged: a part of it is missing or was changed. Ask for it again."

describe("a link", () => {
  it("brings back what was packed", async () => {
    expect(await unpack(await pack(shared), "derivatives")).toEqual(shared)
  })

  it.each([
    ["nothing", []],
    ["emoji and letters of many scripts", [{ name: "a", text: "👩‍🔬 שלום é e\u0301 𝒳 \u202e مرحبا 中文" }]],
    ["what JSON must escape", [{ name: "a", text: '"\\\n\r\n\t\u0000\u2028\u2029`${}`</script>' }]],
    ["half of a pair", [{ name: "a", text: "\ud83d" }]],
    ["a long text", [{ name: "a", text: "const a = 1 // the same line again and again\n".repeat(10_000) }]],
    ["many cells", Array.from({ length: 500 }, (_, i) => ({ name: `cell-${i}`, text: `display(${i})` }))],
  ])("brings back %s", async (_, cells) => {
    expect(await unpack(await pack({ chapter: "training", cells }), "training")).toEqual({ chapter: "training", cells })
  })

  it("brings back any text", async () => {
    const random = mulberry32(3)
    for (let round = 0; round < 100; round++) {
      const length = Math.floor(random() * 200)
      const text = String.fromCharCode(...Array.from({ length }, () => Math.floor(random() * 0x10000)))
      const cells = [{ name: "a", text }]
      expect(await unpack(await pack({ chapter: "a", cells }), "a")).toEqual({ chapter: "a", cells })
    }
  })

  it("is made of letters that an address may have, and begins with its version", async () => {
    expect(await pack(shared)).toMatch(/^#edits=1\.[\w-]+$/)
  })

  it("is what any other program makes of the same text", async () => {
    const bytes = Buffer.from((await pack(shared)).slice("#edits=1.".length), "base64url")
    expect(inflateRawSync(bytes).toString()).toBe(
      '["derivatives",[["nudge","const h = 0.5\\n"],["ops.ts#mul","export function mul() {}"],["sides",""]]]',
    )
    expect(await unpack(deflated('["derivatives",[["nudge","x"]]]'), "derivatives")).toEqual({
      chapter: "derivatives",
      cells: [{ name: "nudge", text: "x" }],
    })
  })

  it("is refused when it would be longer than 64 KB, while it is made", async () => {
    const random = mulberry32(9)
    const noise = Array.from({ length: 60_000 }, () => String.fromCharCode(32 + Math.floor(random() * 94))).join("")
    await expect(pack({ chapter: "a", cells: [{ name: "a", text: noise }] })).rejects.toThrow(
      new LinkError("These edits are too long for a link (64 KB). Download the chapter instead."),
    )
  })
})

describe("a link that cannot be used", () => {
  it("is refused when it was made for another chapter", async () => {
    expect(await refusal(await pack(shared), "training")).toBe("This link belongs to another chapter, derivatives.")
  })

  it.each(["#edits=2.abc", "#edits=", "#edits=1", "#other", "", "edits=1.abc"])(
    "is refused when it is of another version: %j",
    async (hash) => {
      expect(await refusal(hash)).toBe("This link was made by another version of the site, and cannot be read.")
    },
  )

  it("is refused when it is longer than 64 KB", async () => {
    expect(await refusal(`#edits=1.${"A".repeat(65_536)}`)).toBe("This link is longer than 64 KB, and was not opened.")
  })

  it("is refused when a short link would unpack into a long text", async () => {
    const bomb = deflated(`["derivatives",[["nudge","${"a".repeat(40_000_000)}"]]]`)
    expect(bomb.length).toBeLessThan(65_536)
    expect(await refusal(bomb)).toBe(damaged)
  })

  it.each([
    ["no text at all", "#edits=1."],
    ["letters that are no base64", "#edits=1.!!!"],
    ["bytes that are not deflated", fragmentOf(Buffer.from("plain text"))],
    ["text that is no JSON", deflated("[")],
    ["bytes that are no UTF-8", fragmentOf(deflateRawSync(Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d])))],
    ["an object", deflated('{"chapter":"derivatives"}')],
    ["null", deflated("null")],
    ["too few parts", deflated('["derivatives"]')],
    ["too many parts", deflated('["derivatives",[],1]')],
    ["a chapter that is no text", deflated("[1,[]]")],
    ["cells that are no list", deflated('["derivatives",{}]')],
    ["a cell that is no pair", deflated('["derivatives",["nudge"]]')],
    ["a cell of three", deflated('["derivatives",[["nudge","x","y"]]]')],
    ["a text that is a number", deflated('["derivatives",[["nudge",1]]]')],
    ["bytes behind the end", fragmentOf(Buffer.concat([deflateRawSync(Buffer.from('["derivatives",[]]')), Buffer.from("more")]))], // prettier-ignore
  ])("is refused when it holds %s", async (_, hash) => {
    expect(await refusal(hash)).toBe(damaged)
  })

  it("is refused when its end is missing", async () => {
    const whole = await pack(shared)
    for (const length of [10, 30, whole.length - 4]) expect(await refusal(whole.slice(0, length))).toBe(damaged)
  })

  it("is refused with a LinkError, or read as it stands, whatever has happened to it", async () => {
    const random = mulberry32(5)
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=.#%é "
    const pick = (below: number): number => Math.floor(random() * below)
    const whole = await pack(shared)
    let refused = 0
    for (let round = 0; round < 500; round++) {
      const text = [...whole]
      for (let changes = 1 + pick(4); changes > 0; changes--) {
        const at = pick(text.length)
        const kind = pick(3)
        text.splice(at, kind === 0 ? 0 : 1 + pick(3), ...(kind === 1 ? [] : [letters[pick(letters.length)]!]))
      }
      const outcome = await unpack(text.join(""), "derivatives").catch((thrown: unknown) => thrown)
      if (outcome instanceof LinkError) refused++
      else expect(outcome).toMatchObject({ chapter: "derivatives", cells: expect.any(Array) as unknown })
    }
    expect(refused).toBeGreaterThan(400)
  })
})

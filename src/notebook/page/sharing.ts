/** The edits of a chapter, as a link carries them. */
export interface Shared {
  chapter: string
  cells: { name: string; text: string }[]
}

/** What stands before the edits in the address; the number is the format's version. */
const fragment = "#edits=1."

const longest = 64 * 1024
const longestText = 1024 * 1024

/** A link that cannot be used, and why, in words for the reader. */
export class LinkError extends Error {
  override name = "LinkError"
}

/** Packs edits into a fragment: JSON, deflated, in the letters that an address may have. */
export async function pack(shared: Shared): Promise<string> {
  const bytes = await through(
    new CompressionStream("deflate-raw"),
    new TextEncoder().encode(JSON.stringify([shared.chapter, shared.cells.map(({ name, text }) => [name, text])])),
  )
  const text = fragment + toBase64(bytes)
  if (text.length > longest)
    throw new LinkError("These edits are too long for a link (64 KB). Download the chapter instead.")
  return text
}

/** Unpacks a fragment. Throws a `LinkError` on one that is damaged, too long, of another version or for another chapter. */
export async function unpack(hash: string, chapter: string): Promise<Shared> {
  if (!hash.startsWith(fragment))
    throw new LinkError("This link was made by another version of the site, and cannot be read.")
  if (hash.length > longest) throw new LinkError("This link is longer than 64 KB, and was not opened.")
  const shared = await read(hash.slice(fragment.length))
  if (!shared) throw new LinkError("This link is damaged: a part of it is missing or was changed. Ask for it again.")
  if (shared.chapter !== chapter) throw new LinkError(`This link belongs to another chapter, ${shared.chapter}.`)
  return shared
}

async function read(text: string): Promise<Shared | null> {
  try {
    const bytes = await through(new DecompressionStream("deflate-raw"), fromBase64(text), longestText)
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes))
    return isPacked(value)
      ? { chapter: value[0], cells: value[1].map(([name, source]) => ({ name, text: source })) }
      : null
  } catch {
    return null
  }
}

function isPacked(value: unknown): value is [string, [string, string][]] {
  if (!Array.isArray(value) || value.length !== 2 || typeof value[0] !== "string" || !Array.isArray(value[1]))
    return false
  return value[1].every(
    (cell) => Array.isArray(cell) && cell.length === 2 && cell.every((part) => typeof part === "string"),
  )
}

/** Bytes through a stream; gives up beyond `limit`, so that a small link cannot unpack into a huge text. */
async function through(
  stream: CompressionStream | DecompressionStream,
  bytes: Uint8Array<ArrayBuffer>,
  limit = Infinity,
): Promise<Uint8Array> {
  const writer = stream.writable.getWriter()
  const written = Promise.all([writer.write(bytes), writer.close()])
  written.catch(() => undefined)
  const parts: Uint8Array[] = []
  let length = 0
  // Not every browser can loop over a stream.
  const reader = (stream.readable as ReadableStream<Uint8Array>).getReader()
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    parts.push(value!)
    if ((length += value!.length) > limit) throw new RangeError("too long")
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function toBase64(bytes: Uint8Array): string {
  let text = ""
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0))
}

import { createServer } from "node:http"
import { join } from "node:path"
import type { AddressInfo } from "node:net"
import { build } from "esbuild"
import type { Tasks } from "./page.ts"

/** Opens an address in a browser that is fresh; `close` ends the browser. */
export type Open = (address: string) => Promise<{ version: string; close: () => Promise<void> }>

/** Serves the page of the bench to browsers on this machine. */
export interface Served {
  /** Has a page in a fresh browser do a task. */
  run<Name extends keyof Tasks>(
    open: Open,
    name: Name,
    ...args: Parameters<Tasks[Name]>
  ): Promise<{ found: Awaited<ReturnType<Tasks[Name]>>; version: string }>
  close(): void
}

const html = `<!doctype html><meta charset="utf-8"><title>Bench</title><script type="module" src="/page.js"></script>`

/** The most that a task may take, in ms. */
const patience = 300_000

export async function serve(): Promise<Served> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, "page.ts")],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
  })
  let answer: (text: string) => void = () => undefined
  const server = createServer((request, response) => {
    // Isolated pages have the finest clock that a browser gives.
    response.setHeader("cross-origin-opener-policy", "same-origin")
    response.setHeader("cross-origin-embedder-policy", "require-corp")
    if (request.method === "POST") {
      const parts: Buffer[] = []
      request.on("data", (part: Buffer) => parts.push(part))
      request.on("end", () => {
        response.end()
        answer(Buffer.concat(parts).toString())
      })
    } else if (request.url === "/page.js") {
      response.setHeader("content-type", "text/javascript").end(outputFiles[0]!.contents)
    } else response.setHeader("content-type", "text/html").end(html)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  return {
    async run(open, ...task) {
      const answered = new Promise<string>((resolve, reject) => {
        answer = resolve
        setTimeout(() => reject(new Error(`${task.join(" ")}: no answer in ${patience / 1000} s`)), patience).unref()
      })
      const browser = await open(`http://127.0.0.1:${port}/?${encodeURIComponent(JSON.stringify(task))}`)
      try {
        const { found, error } = JSON.parse(await answered) as { found: never; error?: string }
        if (error) throw new Error(`${task.join(" ")}: ${error}`)
        return { found, version: browser.version }
      } finally {
        await browser.close()
      }
    },
    close: () => server.close(),
  }
}

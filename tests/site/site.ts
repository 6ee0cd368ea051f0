import { readFileSync, existsSync, readdirSync } from "node:fs"
import { createServer, type Server } from "node:http"
import { extname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from "playwright-core"
import { afterAll, afterEach, beforeAll } from "vitest"
import { installedBrowser } from "../browser.ts"

const root = fileURLToPath(new URL("../../", import.meta.url))

/** The built sites: `npm test` builds both before these tests run. */
export const builds = { "/": join(root, "dist"), "/some/base/": join(root, ".cache/based") }

export type Base = keyof typeof builds

/** The addresses of all chapters, from the files that were built. */
export const chapters = readdirSync(join(root, "src/content/chapters"))
  .filter((name) => name.endsWith(".mdx"))
  .map((name) => name.replace(/\.mdx$/, ""))

/** The path of a chapter below the base. */
export function pathOf(chapter: string): string {
  return chapter === "introduction" ? "" : `${chapter}/`
}

/** The HTML of a chapter as it was built. */
export function htmlOf(chapter: string): string {
  return readFileSync(join(builds["/"], pathOf(chapter), "index.html"), "utf8")
}

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".json": "application/json",
  ".xml": "application/xml",
  ".png": "image/png",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
}

/**
 * Serves a folder under a base path, on a port that is free: a built site if not said. `script` is run at the head of every
 * page, before anything of the page itself.
 */
export function serve(
  base: Base,
  { folder = builds[base], script }: { folder?: string; script?: string } = {},
): Promise<Server> {
  if (!existsSync(folder)) throw new Error(`${folder} is not there: run npm test, which builds it.`)
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url!, "http://localhost").pathname)
    if (script && path === "/first.js")
      return void response.writeHead(200, { "content-type": types[".js"] }).end(script)
    const inside = path.startsWith(base) ? path.slice(base.length) : null
    const file =
      inside === null ? null : join(folder, inside.endsWith("/") || inside === "" ? `${inside}index.html` : inside)
    if (!file || !existsSync(file)) {
      const missing = join(folder, "404.html")
      const body = existsSync(missing) ? readFileSync(missing) : ""
      return void response.writeHead(404, { "content-type": types[".html"] }).end(body)
    }
    const type = types[extname(file)] ?? "application/octet-stream"
    const body = readFileSync(file)
    response
      .writeHead(200, { "content-type": type })
      .end(
        script && extname(file) === ".html"
          ? body.toString().replace("<head>", '<head><script src="/first.js"></script>')
          : body,
      )
  })
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)))
}

/** A reader's visit to the site. */
export interface Visit {
  page: Page
  /** What the page asked the network for, and what it complained about. */
  requests: string[]
  complaints: string[]
}

/** A browser and the two servers for the tests of a file. A visit ends with its test. */
export function useSite(): {
  visit(path: string, options?: BrowserContextOptions & { base?: Base }): Promise<Visit>
  origin(base?: Base): string
} {
  let browser: Browser
  const servers = new Map<Base, Server>()
  const origin = (base: Base = "/"): string =>
    `http://127.0.0.1:${(servers.get(base)!.address() as { port: number }).port}`
  let visits: BrowserContext[] = []
  let isStuck = false
  beforeAll(async () => {
    const executablePath = installedBrowser()
    if (!executablePath) throw new Error("No browser: run npm test, which finds or installs one.")
    const quiet = [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ]
    browser = await chromium.launch({ executablePath, args: quiet })
    for (const base of Object.keys(builds) as Base[]) servers.set(base, await serve(base))
  })
  // What a page set going would go on beside the next test; one that no longer answers is left to the browser's end.
  afterEach(async () => {
    const closed = visits.map((context) => context.close())
    visits = []
    await Promise.race([Promise.all(closed), new Promise((resolve) => setTimeout(resolve, 5000))])
    if (!isStuck) return
    isStuck = false
    throw new Error(stuck)
  })
  afterAll(async () => {
    await browser.close()
    for (const server of servers.values()) server.close()
  })
  return {
    origin,
    async visit(path, { base = "/", ...options } = {}) {
      const context = await browser.newContext(options)
      visits.push(context)
      watch(context, () => {
        isStuck = true
      })
      const page = await context.newPage()
      const requests: string[] = []
      const complaints: string[] = []
      page.on("request", (request) => requests.push(request.url()))
      page.on(
        "response",
        (response) => response.status() >= 400 && complaints.push(`${response.status()} ${response.url()}`),
      )
      page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()))
      page.on("pageerror", (error) => complaints.push(error.message))
      await page.goto(origin(base) + base + path)
      return { page, requests, complaints }
    },
  }
}

/**
 * What a test fails with when the browser stopped drawing its page. Chromium without a window does so at times, most on a busy
 * machine: the page's scripts run on, but no frame comes any more and no screenshot ends. Only such a test is tried again
 * (`retry` in vitest.config.ts).
 */
const stuck = "The browser stopped drawing the page"

/** Looks every few seconds whether a visit's pages are still drawn, and ends the visit if not. */
function watch(context: BrowserContext, onStuck: () => void): void {
  let timer: NodeJS.Timeout
  const lookSoon = (): void => {
    timer = setTimeout(() => void look(), 5000)
  }
  const look = async (): Promise<void> => {
    const drawn = await Promise.all(context.pages().map((page) => page.evaluate(isDrawn).catch(() => true)))
    if (drawn.every(Boolean)) return lookSoon()
    onStuck()
    await context.close({ reason: stuck })
  }
  context.on("close", () => clearTimeout(timer))
  lookSoon()
}

/** Whether a frame comes before the page's timers had twenty turns, half a second apart. A hidden page needs none. */
function isDrawn(): Promise<boolean> {
  return new Promise((resolve) => {
    let waits = 0
    const timer = setInterval(() => {
      if (++waits === 20) done(document.hidden)
    }, 500)
    const done = (answer: boolean): void => {
      clearInterval(timer)
      resolve(answer)
    }
    requestAnimationFrame(() => done(true))
  })
}

/** Waits until the page's cells can come to life, and all of it is laid out. */
export async function alive(page: Page): Promise<void> {
  await page.waitForSelector("html[data-alive][data-arrived]")
}

/** The reader does more than read: every cell comes to life, those far from the window too. */
export async function act(page: Page): Promise<void> {
  await alive(page)
  await page.keyboard.press("Shift")
  await page.waitForFunction(() =>
    [...document.querySelectorAll("[data-cell]")].every((cell) => cell.hasAttribute("data-live")),
  )
}

/** The reader reads, from the first line to the last: what comes near the window comes to life. */
export async function read(page: Page): Promise<void> {
  await alive(page)
  await page.evaluate(async () => {
    const { scrollHeight } = document.documentElement
    for (let top = 0; top < scrollHeight; top += innerHeight) {
      scrollTo({ top, behavior: "instant" })
      for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve))
    }
  })
  await page.waitForLoadState("networkidle")
}

/** Firefox and WebKit, driven alike: by WebDriver BiDi and by WebKit's own driver. */
import { spawn, type ChildProcess } from "node:child_process"
import { existsSync, globSync } from "node:fs"
import { createServer } from "node:net"
import puppeteer from "puppeteer-core"
import { Builder, Capabilities, Key } from "selenium-webdriver"

/** What a test does with any browser. */
export interface Other {
  /** What it calls itself. */
  version: string
  open(address: string): Promise<void>
  /** Runs a function in the page. What it returns must be JSON. */
  evaluate<A extends unknown[], R>(does: (...args: A) => R | Promise<R>, ...args: A): Promise<R>
  /** Presses a key, with Shift or Control held. */
  press(key: "Enter" | "Escape" | "Tab" | "a", held?: "Shift" | "Control"): Promise<void>
  close(): Promise<void>
}

/** The first of some paths, which may be patterns, where something stands. */
const first = (...paths: string[]): string | undefined => paths.flatMap((path) => globSync(path)).find(existsSync)

const firefox = first(
  process.env["FIREFOX_PATH"] ?? "",
  "/usr/bin/firefox-esr",
  "/usr/bin/firefox",
  "/Applications/Firefox.app/Contents/MacOS/firefox",
  "C:/Program Files/Mozilla Firefox/firefox.exe",
)
const webkit = first("/usr/lib/*/webkit2gtk-4.*/MiniBrowser", "/usr/libexec/webkit2gtk-4.*/MiniBrowser")
const webkitDriver = first("/usr/bin/WebKitWebDriver")
const xvfb = first("/usr/bin/Xvfb")

/** The other browsers, each with how to start it where it is installed; `needs`: its packages in Debian. */
export const others: { name: string; needs: string; start: (() => Promise<Other>) | undefined }[] = [
  { name: "Firefox", needs: "firefox-esr", start: firefox ? () => startFirefox(firefox) : undefined },
  {
    name: "WebKit",
    needs: "webkit2gtk-driver and xvfb",
    start: webkit && webkitDriver && xvfb ? () => startWebKit(webkit, webkitDriver, xvfb) : undefined,
  },
]

async function startFirefox(executablePath: string): Promise<Other> {
  const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true })
  const page = await browser.newPage()
  await page.setViewport({ width: 1200, height: 900 })
  return {
    version: await browser.version(),
    open: async (address) => void (await page.goto(address)),
    evaluate: (does, ...args) => page.evaluate(does as never, ...(args as unknown as never[])) as Promise<never>,
    async press(key, held) {
      if (held) await page.keyboard.down(held)
      await page.keyboard.press(key)
      if (held) await page.keyboard.up(held)
    },
    close: () => browser.close(),
  }
}

async function startWebKit(binary: string, driverPath: string, xvfbPath: string): Promise<Other> {
  const { display, process: screen } = await startScreen(xvfbPath)
  const port = await freePort()
  const server = spawn(driverPath, [`--port=${port}`], {
    stdio: "ignore",
    env: { ...process.env, DISPLAY: display, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1" },
  })
  process.on("exit", () => server.kill())
  const options = { binary, args: ["--automation"] }
  const driver = await retry(() =>
    new Builder()
      .usingServer(`http://127.0.0.1:${port}`)
      .withCapabilities(
        new Capabilities({
          browserName: "MiniBrowser",
          "webkit:browserOptions": options,
          "webkitgtk:browserOptions": options,
        }),
      )
      .build(),
  )
  await driver.manage().setTimeouts({ script: 20_000 })
  const capabilities = await driver.getCapabilities()
  return {
    version: `${capabilities.getBrowserName()} ${capabilities.getBrowserVersion()}`,
    open: (address) => driver.get(address),
    evaluate: (does, ...args) =>
      driver.executeScript(`return (${String(does)})(...arguments)`, ...args) as Promise<never>,
    async press(key, held) {
      const name = key === "a" ? "a" : Key[key.toUpperCase() as Uppercase<typeof key>]
      const actions = driver.actions()
      const hold = held && Key[held.toUpperCase() as Uppercase<typeof held>]
      await (hold ? actions.keyDown(hold).sendKeys(name).keyUp(hold) : actions.sendKeys(name)).perform()
    },
    async close() {
      await driver.quit()
      server.kill()
      screen.kill()
    },
  }
}

/** A screen that nobody sees; the server picks a number that is free. */
async function startScreen(path: string): Promise<{ display: string; process: ChildProcess }> {
  const screen = spawn(path, ["-displayfd", "3", "-screen", "0", "1280x1000x24"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  })
  process.on("exit", () => screen.kill())
  const number = await new Promise<string>((resolve) => {
    screen.stdio[3]!.once("data", (data: Buffer) => resolve(data.toString().trim()))
  })
  return { display: `:${number}`, process: screen }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

async function retry<T>(attempt: () => Promise<T>, times = 20): Promise<T> {
  for (let i = 1; ; i++) {
    try {
      return await attempt()
    } catch (error) {
      if (i >= times) throw error
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  }
}

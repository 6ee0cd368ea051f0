/** Firefox and WebKit, driven alike: by WebDriver BiDi and by WebKit's own driver. */
import { spawn, type ChildProcess } from "node:child_process"
import { existsSync } from "node:fs"
import { createServer } from "node:net"
import puppeteer from "puppeteer-core"
import { Builder, Capabilities, Key } from "selenium-webdriver"

/** What a test does with any browser. */
export interface Other {
  open(address: string): Promise<void>
  /** Runs a function in the page. What it returns must be JSON. */
  evaluate<A extends unknown[], R>(does: (...args: A) => R | Promise<R>, ...args: A): Promise<R>
  /** Presses a key, with Shift or Control held. */
  press(key: "Enter" | "Escape" | "Tab" | "a", held?: "Shift" | "Control"): Promise<void>
  close(): Promise<void>
}

const webkitBrowser = [
  "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
  "/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
].find(existsSync)
const firefox = [
  process.env["FIREFOX_PATH"] ?? "",
  "/usr/bin/firefox-esr",
  "/usr/bin/firefox",
  "/Applications/Firefox.app/Contents/MacOS/firefox",
].find(existsSync)

/** The other browsers, each with how to start it where it is installed. */
export const others: { name: string; needs: string; start: (() => Promise<Other>) | undefined }[] = [
  { name: "Firefox", needs: "firefox-esr", start: firefox ? () => startFirefox(firefox) : undefined },
  {
    name: "WebKit",
    needs: "webkit2gtk-driver and xvfb",
    start:
      webkitBrowser && existsSync("/usr/bin/WebKitWebDriver") && existsSync("/usr/bin/Xvfb")
        ? () => startWebKit(webkitBrowser)
        : undefined,
  },
]

async function startFirefox(executablePath: string): Promise<Other> {
  const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true })
  const page = await browser.newPage()
  await page.setViewport({ width: 1200, height: 900 })
  return {
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

async function startWebKit(binary: string): Promise<Other> {
  const { display, process: screen } = await startScreen()
  const port = await freePort()
  const server = spawn("/usr/bin/WebKitWebDriver", [`--port=${port}`], {
    stdio: "ignore",
    env: { ...process.env, DISPLAY: display, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1" },
  })
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
  return {
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
async function startScreen(): Promise<{ display: string; process: ChildProcess }> {
  const screen = spawn("/usr/bin/Xvfb", ["-displayfd", "3", "-screen", "0", "1280x1000x24"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  })
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

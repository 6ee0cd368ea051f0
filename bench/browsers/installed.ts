import { existsSync, globSync } from "node:fs"
import { launch } from "puppeteer-core"
import { installedBrowser } from "../../tests/browser.ts"
import type { Open } from "./serve.ts"
import { openWebKit } from "./webkit.ts"

/** A browser that the bench runs in, if it is here. */
export interface Installed {
  name: string
  /** How to open it; undefined where it is not installed. */
  open: Open | undefined
  /** How to get it. */
  install: string
}

/** The first of some paths, which may be patterns, where something stands. */
const first = (...paths: string[]): string | undefined => paths.flatMap((path) => globSync(path)).find(existsSync)

const openChromium =
  (executablePath: string): Open =>
  async (address) => {
    const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    const browser = await launch({ executablePath, args: [...args, "--disable-sync"] })
    await (await browser.newPage()).goto(address)
    return { version: await browser.version(), close: () => browser.close() }
  }

const openFirefox =
  (executablePath: string): Open =>
  async (address) => {
    const browser = await launch({ browser: "firefox", executablePath })
    await (await browser.newPage()).goto(address)
    return { version: await browser.version(), close: () => browser.close() }
  }

export function installed(): Installed[] {
  const chromium = installedBrowser()
  const firefox = first(
    "/usr/bin/firefox",
    "/usr/bin/firefox-esr",
    "/Applications/Firefox.app/Contents/MacOS/firefox",
    "C:/Program Files/Mozilla Firefox/firefox.exe",
  )
  const driver = first("/usr/bin/WebKitWebDriver")
  const miniBrowser = first("/usr/lib/*/webkit2gtk-4.*/MiniBrowser", "/usr/libexec/webkit2gtk-4.*/MiniBrowser")
  const xvfb = first("/usr/bin/Xvfb")
  return [
    {
      name: "Chromium",
      open: chromium ? openChromium(chromium) : undefined,
      install: "install Chrome, Chromium or Edge, or name one in CHROME_PATH",
    },
    {
      name: "Firefox",
      open: firefox ? openFirefox(firefox) : undefined,
      install: "install Firefox; on Debian: apt install firefox-esr",
    },
    {
      name: "WebKit",
      open: driver && miniBrowser && xvfb ? openWebKit(driver, miniBrowser, xvfb) : undefined,
      install: "on Debian: apt install webkit2gtk-driver xvfb",
    },
  ]
}

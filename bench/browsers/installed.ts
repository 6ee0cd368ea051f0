import { launch } from "puppeteer-core"
import { installedBrowser } from "../../tests/browser.ts"
import { others, type Other } from "../../tests/site/others.ts"
import type { Open } from "./serve.ts"

/** A browser that the bench runs in, if it is here. */
export interface Installed {
  name: string
  /** Its packages in Debian. */
  needs: string
  /** How to open it; undefined where it is not installed. */
  open: Open | undefined
}

const openChromium =
  (executablePath: string): Open =>
  async (address) => {
    const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    const browser = await launch({ executablePath, args: [...args, "--disable-sync"] })
    await (await browser.newPage()).goto(address)
    return { version: await browser.version(), close: () => browser.close() }
  }

const openOther =
  (start: () => Promise<Other>): Open =>
  async (address) => {
    const browser = await start()
    await browser.open(address)
    return browser
  }

export function installed(): Installed[] {
  const chromium = installedBrowser()
  return [
    { name: "Chromium", needs: "chromium", open: chromium ? openChromium(chromium) : undefined },
    ...others.map(({ name, needs, start }) => ({ name, needs, open: start && openOther(start) })),
  ]
}

import { execFileSync, spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { chromium } from "playwright-core"

const say = (text: string): void => void process.stdout.write(`browser: ${text}\n`)

/** Where Chrome, Chromium and Edge stand when somebody installed them. */
const usual = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/microsoft-edge",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
]

/** An installed browser, or null. `CHROME_PATH` names one that stands elsewhere. */
export function installedBrowser(): string | null {
  const named = process.env["CHROME_PATH"]
  if (named && !existsSync(named))
    throw new Error(`CHROME_PATH is ${named}, but nothing stands there. Correct or unset it.`)
  return named ?? [...usual, chromium.executablePath()].find((path) => path && existsSync(path)) ?? null
}

/** Finds a browser, or installs one, and says what it did. */
export function ensureBrowser(): string {
  const found = installedBrowser()
  if (found) {
    say(`found ${found}`)
    return found
  }
  say("none found; trying Playwright's download of Chromium")
  const cli = fileURLToPath(new URL("../node_modules/playwright-core/cli.js", import.meta.url))
  spawnSync(process.execPath, [cli, "install", "--with-deps", "chromium"], { stdio: "ignore", timeout: 300_000 })
  if (existsSync(chromium.executablePath())) {
    say(`installed ${chromium.executablePath()}`)
    return chromium.executablePath()
  }
  say("the download is not possible here; trying Debian's package chromium")
  if (process.platform === "linux" && apt("update", "-qq") && apt("install", "-y", "-qq", "chromium")) {
    const installed = installedBrowser()
    if (installed) {
      say(`installed ${installed}`)
      return installed
    }
  }
  throw new Error(
    "No browser could be found or installed. Install Chrome, Chromium or Edge, or set CHROME_PATH to one, and run npm test again.",
  )
}

function apt(...args: string[]): boolean {
  const [command, ...rest] = process.getuid?.() === 0 ? ["apt-get", ...args] : ["sudo", "-n", "apt-get", ...args]
  try {
    execFileSync(command!, rest, {
      stdio: "ignore",
      timeout: 600_000,
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    })
    return true
  } catch {
    return false
  }
}

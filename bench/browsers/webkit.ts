import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { createServer, type AddressInfo } from "node:net"
import type { Open } from "./serve.ts"

/** Opens WebKitGTK's own small browser, by WebDriver, on a screen that nobody sees. */
export const openWebKit =
  (driverPath: string, binary: string, xvfbPath: string): Open =>
  async (address) => {
    const screen = start(
      spawn(xvfbPath, ["-displayfd", "1", "-nolisten", "tcp"], { stdio: ["ignore", "pipe", "ignore"] }),
    )
    const [display] = (await once(screen.stdout, "data")) as [Buffer]
    const port = await freePort()
    const driver = start(
      spawn(driverPath, [`--port=${port}`], {
        stdio: "ignore",
        env: { ...process.env, DISPLAY: `:${String(display).trim()}`, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1" },
      }),
    )
    const send = async (method: string, path: string, body?: unknown): Promise<unknown> => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
        method,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const { value } = (await response.json()) as { value: unknown }
      if (!response.ok) throw new Error(`WebKitWebDriver: ${method} ${path}: ${JSON.stringify(value)}`)
      return value
    }
    await until(() => send("GET", "/status"))
    const { sessionId, capabilities } = (await send("POST", "/session", {
      capabilities: {
        alwaysMatch: { browserName: "MiniBrowser", "webkitgtk:browserOptions": { binary, args: ["--automation"] } },
      },
    })) as { sessionId: string; capabilities: { browserName: string; browserVersion: string } }
    await send("POST", `/session/${sessionId}/url`, { url: address })
    return {
      version: `${capabilities.browserName}/${capabilities.browserVersion}`,
      async close() {
        await send("DELETE", `/session/${sessionId}`)
        await end(driver)
        await end(screen)
      },
    }
  }

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, "close")
  return port
}

/** Tries for ten seconds. */
async function until(ready: () => Promise<unknown>): Promise<void> {
  for (let tries = 100; ; tries--) {
    try {
      await ready()
      return
    } catch (error) {
      if (tries === 0) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

/** What runs now; it ends with this process at the latest. */
const children = new Set<ChildProcess>()
process.on("exit", () => children.forEach((child) => child.kill()))

function start<Child extends ChildProcess>(child: Child): Child {
  children.add(child)
  return child
}

async function end(child: ChildProcess): Promise<void> {
  const over = once(child, "exit")
  child.kill()
  await over
  children.delete(child)
}

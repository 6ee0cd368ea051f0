import typescript from "typescript"
import { Desk } from "./desk.ts"
import type { FromWorker, ToWorker } from "./protocol.ts"
import { createTypeService, type TypeFiles } from "./service.ts"

/** The type checker, in a thread of its own: it reads its files, says that it is ready, and answers. */
const waiting: ToWorker[] = []
let desk: Desk | undefined

const send = (message: FromWorker): void => {
  postMessage(message)
}

async function start(url: string): Promise<void> {
  try {
    const response = await fetch(url)
    if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`)
    const files = (await response.json()) as TypeFiles
    desk = new Desk(createTypeService({ files, typescript }), send)
    send({ type: "ready" })
    for (const message of waiting) desk.receive(message)
  } catch (error) {
    send({ type: "failed", message: String(error) })
  }
}

addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  if (data.type === "start") void start(data.files)
  else if (desk) desk.receive(data)
  else waiting.push(data)
})

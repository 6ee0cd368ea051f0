import { Chapter, type ChapterSetup } from "./chapter.ts"

type Editing = typeof import("./editing.ts")

/** Brings a chapter to life; editor and compiler are loaded when a reader first edits. */
export function start(setup: ChapterSetup): Chapter {
  const chapter = new Chapter(setup)
  let editing: Promise<InstanceType<Editing["Editing"]>> | undefined
  const edit = (): NonNullable<typeof editing> =>
    (editing ??= import("./editing.ts").then(({ Editing }) => new Editing(chapter)))

  for (const cell of chapter.cells.values()) {
    const { frame } = cell
    const open = async (at?: { x: number; y: number }): Promise<void> => (await edit()).open(cell, at)
    frame.code.addEventListener("click", (event) => {
      if (!document.getSelection()?.isCollapsed) return
      void open({ x: event.clientX, y: event.clientY })
    })
    frame.code.addEventListener("keydown", (event) => {
      if (event.target !== frame.code) return
      if (event.key !== "Enter") return
      event.preventDefault()
      if (event.shiftKey) void edit().then((editing) => editing.run(cell))
      else void open()
    })
    frame.buttons.edit.addEventListener("click", () => void open())
    frame.buttons.run.addEventListener("click", () => void edit().then((editing) => editing.run(cell)))
    frame.buttons.reset.addEventListener("click", () => void edit().then((editing) => editing.reset(cell)))
    frame.buttons.stop.addEventListener("click", () => {
      chapter.notebook.stop(frame.name)
    })
  }
  return chapter
}

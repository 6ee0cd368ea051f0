import { Chapter, type Cell, type ChapterSetup } from "./chapter.ts"
import type { Button } from "./frame.ts"
import type { Menu } from "./menu.ts"
import { hasEdits } from "./store.ts"

/** Brings a chapter to life; editor and compiler are loaded when a reader first edits, or has edits. */
export function start(setup: ChapterSetup): Chapter {
  const chapter = new Chapter(setup)
  let loading: Promise<Menu> | undefined
  const load = (): Promise<Menu> => (loading ??= import("./menu.ts").then(({ Menu }) => new Menu(chapter)))
  const edit = async (act: (editing: Menu["editing"]) => unknown): Promise<void> => void act((await load()).editing)

  for (const cell of chapter.cells.values()) enliven(chapter, cell, edit)
  for (const button of document.querySelectorAll<HTMLButtonElement>(".menu [data-do]")) {
    button.addEventListener("click", () => void load().then((menu) => menu.do(button.dataset["do"]!)))
  }
  const openLink = (): void => {
    if (location.hash.startsWith("#edits=")) void load().then((menu) => menu.openLink(location.hash))
  }
  addEventListener("hashchange", openLink)
  if (hasEdits(setup.chapter)) void edit((editing) => editing.restore()).then(openLink)
  else openLink()
  return chapter
}

function enliven(
  chapter: Chapter,
  cell: Cell,
  edit: (act: (editing: Menu["editing"]) => unknown) => Promise<void>,
): void {
  const { code, buttons, name } = cell.frame
  code.addEventListener("click", ({ clientX, clientY }) => {
    if (!document.getSelection()?.isCollapsed) return
    void edit((editing) => editing.open(cell, { x: clientX, y: clientY }))
  })
  code.addEventListener("keydown", (event) => {
    if (event.target !== code || event.key !== "Enter") return
    event.preventDefault()
    void edit((editing) => (event.shiftKey ? editing.run(cell) : editing.open(cell)))
  })
  const actions: Record<Exclude<Button, "play">, () => void> = {
    edit: () => void edit((editing) => editing.open(cell)),
    run: () => void edit((editing) => editing.run(cell)),
    stop: () => chapter.notebook.stop(name),
    reset: () => void edit((editing) => editing.reset(cell)),
    undo: () => void edit((editing) => editing.undo(cell)),
    compare: () => void edit((editing) => editing.compare(cell)),
  }
  for (const [action, act] of Object.entries(actions))
    buttons[action as keyof typeof actions].addEventListener("click", act)
}

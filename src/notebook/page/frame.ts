import type { CellError } from "../language/error.ts"

/** The parts of one cell in the page, as the build wrote them. */
export interface Frame {
  readonly name: string
  readonly root: HTMLElement
  /** Where the cell shows what it displays. */
  readonly output: HTMLElement
  /** The source, coloured; what a reader clicks to edit. */
  readonly code: HTMLElement
  /** The source as the author wrote it. */
  readonly original: string
  readonly buttons: Record<Button, HTMLButtonElement>
  /** Puts the coloured source back where an editor stood. */
  restore(): void
}

/** What a reader can do with a cell. */
export type Button = "edit" | "run" | "stop" | "reset" | "undo" | "compare" | "play"

/** How a cell stands to its article and to its neighbours. */
export interface Standing {
  run: "idle" | "running" | "waiting" | "failed"
  /** The text differs from what ran last. */
  isPending: boolean
  /** The text differs from the article. */
  differs: boolean
  /** A reset can be undone. */
  canUndo: boolean
}

/** Finds the parts of a cell. */
export function frameOf(root: HTMLElement): Frame {
  const find = <T extends HTMLElement>(selector: string): T => root.querySelector<T>(selector)!
  const code = find<HTMLElement>(".cell-code")
  const coloured = code.innerHTML
  const buttons = Object.fromEntries(
    [...root.querySelectorAll<HTMLButtonElement>("button[data-do]")].map((button) => [button.dataset["do"], button]),
  )
  return {
    name: root.dataset["cell"] ?? root.dataset["engine"]!,
    root,
    output: find(".cell-output"),
    code,
    original: code.textContent,
    buttons: buttons as Frame["buttons"],
    restore() {
      code.innerHTML = coloured
    },
  }
}

/** Shows how a cell stands: in a word for everybody, in an attribute for the style, in which buttons there are. */
export function showStanding({ root, buttons }: Frame, { run, isPending, differs, canUndo }: Standing): void {
  root.dataset["run"] = run
  root.toggleAttribute("data-pending", isPending)
  root.toggleAttribute("data-differs", differs)
  const words = [
    run === "running" && "Running",
    run === "waiting" && "Waiting for another cell",
    run === "failed" && "Failed",
    isPending ? "Changed, not run yet" : differs && "Differs from the article",
  ].filter(Boolean)
  const status = root.querySelector(".cell-status")!
  const text = words.join(" · ")
  if (status.textContent !== text) status.textContent = text
  keepFocus(buttons.run, () => {
    buttons.stop.hidden = run !== "running"
    buttons.reset.hidden = !differs
    buttons.compare.hidden = !differs
    buttons.undo.hidden = !canUndo
  })
}

/** Makes a change to the page; where it takes away what has the focus, the focus goes to `next` and is not lost. */
export function keepFocus(next: HTMLElement | null | undefined, change: () => void): void {
  const focused = document.activeElement
  change()
  if (focused instanceof HTMLElement && (!focused.isConnected || focused.hidden)) next?.focus({ preventScroll: true })
}

/** Shows what went wrong under a cell, or clears it. */
export function showError({ root, name, buttons }: Frame, error: CellError | null, extend?: () => void): void {
  const old = root.querySelector(".cell-error")
  if (!error) {
    keepFocus(buttons.run, () => old?.remove())
    return
  }
  const box = document.createElement("div")
  box.className = "cell-error"
  box.setAttribute("role", "alert")
  const where = document.createElement("p")
  where.className = "cell-error-where"
  const { position } = error
  where.textContent = position ? `${name}, line ${position.line}, column ${position.column}` : name
  const what = document.createElement("p")
  what.className = "cell-error-what"
  what.textContent = error.message
  const hint = document.createElement("p")
  hint.textContent = error.hint
  box.append(where, what, hint)
  if (extend) {
    const button = document.createElement("button")
    button.type = "button"
    button.textContent = "Run again with ten times the time"
    button.addEventListener("click", extend)
    box.append(button)
  }
  if (old) keepFocus(buttons.run, () => old.replaceWith(box))
  else root.querySelector(".cell-output")!.after(box)
}

/** Shows a line that a cell logged; a new run begins with none. */
export function showLog({ root }: Frame, text: string | null): void {
  let box = root.querySelector<HTMLElement>(".cell-log")
  if (text === null) {
    box?.remove()
    return
  }
  if (!box) {
    box = document.createElement("pre")
    box.className = "cell-log"
    box.setAttribute("aria-label", "Console")
    root.querySelector(".cell-output")!.after(box)
  }
  if (box.childElementCount >= 200) box.firstElementChild!.remove()
  const line = document.createElement("div")
  line.textContent = text.length > 2000 ? `${text.slice(0, 2000)}…` : text
  box.append(line)
}

/** What a reader is asked or shown between a cell's code and its output; one thing at a time. */
export interface Notice {
  text: string
  /** What stands below the text, a comparison for example. */
  more?: HTMLElement
  /** The buttons, each with what it does; every one of them closes the notice. */
  choices: Record<string, () => void>
}

export function showNotice({ root, code }: Frame, notice: Notice | null): void {
  keepFocus(code, () => root.querySelector(".cell-notice")?.remove())
  if (!notice) return
  const box = document.createElement("div")
  box.className = "cell-notice"
  const text = document.createElement("p")
  text.textContent = notice.text
  const choices = Object.entries(notice.choices).map(([label, choose]) => {
    const button = document.createElement("button")
    button.type = "button"
    button.textContent = label
    button.addEventListener("click", () => {
      keepFocus(code, () => box.remove())
      choose()
    })
    return button
  })
  box.append(text, ...(notice.more ? [notice.more] : []), ...choices)
  root.querySelector(".cell-bar")!.after(box)
}

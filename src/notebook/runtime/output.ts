import { Inspector } from "@observablehq/inspector"

/** Longer texts are cut before they are shown: a page must survive a cell that makes a gigabyte of them. */
const longest = 10_000

/** A cell that displays without end fills neither the page nor the memory. */
const most = 500

/**
 * Where a cell shows what it displays. What the build put there stays until the first live run is complete, and is then
 * replaced in one go, with what the reader typed and where the focus was.
 */
export class Output {
  readonly root: Element
  readonly #isInline: boolean
  #isBuilt: boolean
  #buffer: Node[] = []
  /** The buttons that the build put there and the reader pressed already. */
  readonly #pressed: Control[] = []

  constructor(root: Element, { inline = false, built = false }: { inline?: boolean; built?: boolean } = {}) {
    this.root = root
    this.#isInline = inline
    this.#isBuilt = built
    if (built) root.addEventListener("click", this.#press)
  }

  readonly #press = (event: Event): void => {
    const button = (event.target as Element).closest("button")
    if (!button) return
    event.preventDefault()
    this.#pressed.push(button)
  }

  /** Whether it still shows what the build put there. */
  get isBuilt(): boolean {
    return this.#isBuilt
  }

  clear(): void {
    if (this.#isBuilt) this.#buffer = []
    else this.root.replaceChildren()
  }

  display(value: unknown): void {
    if (this.#isBuilt && this.#buffer.length >= most) return
    const node = this.#isInline ? inlineNode(value) : nodeFor(value, this.root)
    if (this.#isBuilt) this.#buffer.push(node)
    else if (this.root.childNodes.length < most) this.root.append(node)
    else this.#sayMore()
  }

  #sayMore(): void {
    if (this.root.lastElementChild?.className === "cell-more") return
    const more = this.root.ownerDocument.createElement("p")
    more.className = "cell-more"
    more.textContent = `… and more: only the first ${most} are shown.`
    this.root.append(more)
  }

  /** Takes over from what the build showed. */
  settle(): void {
    if (!this.#isBuilt) return
    this.#isBuilt = false
    this.root.removeEventListener("click", this.#press)
    const old = [...this.root.childNodes]
    const controls = formControls(this.root)
    const focused = controls.indexOf(this.root.ownerDocument.activeElement as Control)
    this.root.replaceChildren(...this.#buffer)
    this.#buffer = []
    if (old.length === 0) return
    const live = formControls(this.root)
    handOver(controls, live, focused)
    for (const button of this.#pressed.splice(0)) live[controls.indexOf(button)]?.click()
  }
}

/** A value as a node: itself if it is one, else what Observable's inspector makes of it. */
export function nodeFor(value: unknown, root: Element): Node {
  if (isNode(value) && (!value.parentNode || root.contains(value) || value.nodeType === 11)) return value
  const box = root.ownerDocument.createElement("div")
  box.className = "observablehq"
  const isHuge = isList(value) && value.length > longest
  new Inspector(box).fulfilled(
    typeof value === "string" ? cut(value) : isHuge ? Array.prototype.slice.call(value, 0, 100) : value,
  )
  if (isHuge) box.prepend(`${value.constructor.name}(${value.length}), of which the first 100: `)
  return box
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && "length" in value)
}

function inlineNode(value: unknown): Node {
  return isNode(value) ? value : document.createTextNode(inlineText(value))
}

/** A value inside a sentence: a number has at most four decimals (or four digits, where it is small) and a real minus sign. */
export function inlineText(value: unknown): string {
  if (typeof value !== "number") return cut(String(value))
  const rounded = Number(value.toFixed(4))
  const text = rounded === 0 && value !== 0 ? value.toPrecision(4) : String(rounded)
  return text.replaceAll("-", "−")
}

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}… (${text.length} characters)` : text
}

function isNode(value: unknown): value is Node {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as Node).nodeType === "number" &&
    "ownerDocument" in value
  )
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement | HTMLButtonElement

function formControls(root: Element): Control[] {
  return [...root.querySelectorAll<Control>("input, select, textarea, button")]
}

/** What a reader did to a control before it was alive happens to the live one. */
function handOver(from: Control[], to: Control[], focused: number): void {
  for (const [index, old] of from.entries()) {
    const live = to[index]
    if (!live || live.tagName !== old.tagName || old instanceof HTMLButtonElement) continue
    if (old instanceof HTMLInputElement && live instanceof HTMLInputElement && old.checked !== old.defaultChecked) {
      live.checked = old.checked
    } else if (
      old instanceof HTMLInputElement
        ? old.value !== old.defaultValue && old.value !== live.value && old.type !== "number"
        : old.value !== live.value
    ) {
      live.value = old.value
    } else continue
    live.dispatchEvent(new Event("input", { bubbles: true }))
    live.dispatchEvent(new Event("change", { bubbles: true }))
  }
  to[focused]?.focus({ preventScroll: true })
}

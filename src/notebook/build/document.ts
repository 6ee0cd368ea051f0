import { parseHTML } from "linkedom"

/**
 * Gives Node a document, as the cells and the libraries that they use expect one in the global scope. It draws nothing
 * and measures nothing; what it lacks of forms is added here.
 */
export function installDocument(): Document {
  const { document, window } = parseHTML("<!doctype html><html lang=en><body></body></html>")
  const classes = ["Node", "Element", "HTMLElement", "SVGElement", "Text", "DocumentFragment", "Event", "CustomEvent"]
  // Inputs ask whether a list of choices is one of the last two; linkedom has no HTMLCollection.
  for (const name of [...classes, "HTMLInputElement", "HTMLButtonElement", "NodeList", "HTMLCollection"]) {
    Object.defineProperty(globalThis, name, {
      value: (window as unknown as Record<string, unknown>)[name === "HTMLCollection" ? "NodeList" : name],
      configurable: true,
      writable: true,
    })
  }
  Object.assign(globalThis, { document, window })
  Object.assign(HTMLElement.prototype, { checkValidity: () => true, reportValidity: () => true })
  // A number is kept as the attribute: the page shows the slider where it was set, and can tell whether a reader moved it.
  Object.defineProperty(HTMLInputElement.prototype, "valueAsNumber", {
    configurable: true,
    get(this: HTMLInputElement) {
      return this.value === "" ? Number.NaN : Number(this.value)
    },
    set(this: HTMLInputElement, number: number) {
      this.value = String(number)
    },
  })
  return document
}

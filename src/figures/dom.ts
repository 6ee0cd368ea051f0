/** What an attribute may be: `null`, `undefined` and `false` leave it off, `true` sets it empty, a function listens. */
type Attribute = string | number | boolean | null | undefined | ((event: never) => void)
type Attributes = Record<string, Attribute>
type Child = Node | string | number | null | undefined | false

/** An element of a figure that behaves as an input: it has a `value` and says `input` when the reader changes it. */
export type Valued<E extends Element, V> = E & { value: V }

const SVG = "http://www.w3.org/2000/svg"

/**
 * Build an HTML element: `html("button", { type: "button", onclick: play }, "Train")`. A name that starts with `on` is a
 * listener. Set `min`, `max` and `step` before `value`: a range input clamps its value as it goes.
 */
export function html<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  return build(document.createElement(tag), attributes, children)
}

/**
 * Build an SVG element. Numbers keep two decimals (a hundredth of a unit cannot be seen, and the page stays small); one
 * that is not finite cannot be a place, so its attribute is left off: hide the element and say what happened.
 */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  return build(document.createElementNS(SVG, tag), attributes, children)
}

/** Change attributes of an element that stands: the same words as at its building. */
export function set<E extends Element>(element: E, attributes: Attributes): E {
  const drawn = element.namespaceURI === SVG
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value as EventListener)
    else if (value === null || value === undefined || value === false) element.removeAttribute(name)
    else if (drawn && typeof value === "number" && !Number.isFinite(value)) element.removeAttribute(name)
    else if (value === true) element.setAttribute(name, "")
    else element.setAttribute(name, drawn && typeof value === "number" ? String(+value.toFixed(2)) : String(value))
  }
  return element
}

/** Put these children in place of those that stand. */
export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren(...nodes(children))
}

/** Tell whoever listens (a cell's `view`) that the reader changed the value of `element`. */
export function announce(element: Element): void {
  element.dispatchEvent(new Event("input", { bubbles: true }))
}

function build<E extends Element>(element: E, attributes: Attributes, children: Child[]): E {
  set(element, attributes)
  element.append(...nodes(children))
  return element
}

const nodes = (children: Child[]): (Node | string)[] =>
  children
    .filter((child) => child !== null && child !== undefined && child !== false)
    .map((child) => (typeof child === "number" ? String(child) : child))

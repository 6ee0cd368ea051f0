import * as Inputs from "@observablehq/inputs"

export * from "@observablehq/inputs"

/**
 * Observable's inputs with what they lack for those who cannot see: each control has the name of its input. Their ids
 * are counted, not drawn at random, so that the same chapter gives the same bytes.
 */
export const range = named(Inputs.range)
export const number = named(Inputs.number)
export const toggle = named(Inputs.toggle)
export const select = named(Inputs.select)
export const radio = named(Inputs.radio)
export const checkbox = named(Inputs.checkbox)
export const text = named(Inputs.text)

let count = 0

function named<F extends (...args: never[]) => HTMLElement>(make: F): F {
  return ((...args: never[]) => {
    const form = make(...args)
    const label = form.querySelector("label")
    const controls = [...form.querySelectorAll<HTMLElement>("input, select, textarea")]
    for (const control of controls) {
      const isChoice = control.parentElement?.tagName === "LABEL"
      if (label && !isChoice) control.setAttribute("aria-label", label.textContent.trim())
      if (control.id) control.id = `input-${++count}`
    }
    const own = controls.find((control) => control.id)
    if (label && own && !label.contains(own)) label.setAttribute("for", own.id)
    return form
  }) as F
}

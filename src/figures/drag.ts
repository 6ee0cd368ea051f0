import { set } from "./dom.ts"

/**
 * Let a pointer (mouse, pen or finger) drag `handle` over `drawn`: `move` gets the place in the units of the drawing.
 * Whatever can be dragged has a keyboard twin beside it, a range input; the handle itself is not in the tab order.
 */
export function draggable(handle: SVGElement, drawn: SVGSVGElement, move: (x: number, y: number) => void): void {
  const [, , width = 1, height = 1] = (drawn.getAttribute("viewBox") ?? "").split(" ").map(Number)
  const follow = (event: PointerEvent) => {
    const box = drawn.getBoundingClientRect()
    move(((event.clientX - box.left) / box.width) * width, ((event.clientY - box.top) / box.height) * height)
  }
  set(handle, {
    onpointerdown: (event: PointerEvent) => {
      event.preventDefault()
      handle.setPointerCapture(event.pointerId)
      follow(event)
    },
    onpointermove: (event: PointerEvent) => {
      if (handle.hasPointerCapture(event.pointerId)) follow(event)
    },
  })
}

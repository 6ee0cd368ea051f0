import * as Plot from "@observablehq/plot"

export * from "@observablehq/plot"

/** Observable's chart as one picture with a name, `ariaLabel`, for those who cannot see it; its parts are not named one by one. */
export function plot(options: Plot.PlotOptions = {}): ReturnType<typeof Plot.plot> {
  const chart = Plot.plot(options)
  const svg = chart.tagName.toLowerCase() === "svg" ? chart : chart.querySelector("svg")
  svg?.setAttribute("role", "img")
  svg?.setAttribute("aria-label", options.ariaLabel ?? nameOf(options))
  for (const part of svg?.querySelectorAll("[aria-label], [aria-description]") ?? []) {
    part.removeAttribute("aria-label")
    part.removeAttribute("aria-description")
  }
  return chart
}

function nameOf({ title, x, y }: Plot.PlotOptions): string {
  if (typeof title === "string") return title
  return `Chart of ${y?.label ?? "y"} against ${x?.label ?? "x"}`
}

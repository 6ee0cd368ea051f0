import type { Library } from "../notebook/page/index.ts"

type Modules = Record<string, Record<string, unknown>>

/** Large modules: they wait until a reader acts, so that reading alone loads none of them. */
const large: Record<string, () => Promise<unknown>> = {
  "@observablehq/plot": () => import("../notebook/observable/plot.ts"),
  "@observablehq/inputs": () => import("../notebook/observable/inputs.ts"),
}

const whole: Record<string, () => Promise<unknown>> = {
  "seven-knobs": () => import("seven-knobs"),
  "seven-knobs/figures": () => import("seven-knobs/figures"),
  "seven-knobs/records": () => import("seven-knobs/records"),
}

/** What cells may import: the names that the chapter itself uses came with it, the rest comes when it is asked for. */
export function libraries(bundled: Modules, acted: Promise<void>): Record<string, Library> {
  const small = Object.entries(whole).map(([name, load]): [string, Library] => {
    const has = (names: string[]): boolean => names.every((wanted) => wanted in (bundled[name] ?? {}))
    return [name, (names) => (has(names) ? Promise.resolve(bundled[name]) : load())]
  })
  return {
    ...Object.fromEntries(small),
    ...Object.fromEntries(Object.entries(large).map(([name, load]) => [name, () => acted.then(load)])),
  }
}

/** What every cell sees without importing it. */
export function builtins(acted: Promise<void>): Record<string, unknown> {
  return {
    Inputs: () => acted.then(large["@observablehq/inputs"]),
    Plot: () => acted.then(large["@observablehq/plot"]),
    width: widths,
    now: nows,
  }
}

async function* widths(): AsyncGenerator<number> {
  const article = document.querySelector<HTMLElement>(".prose")!
  let resolve: (() => void) | undefined
  const observer = new ResizeObserver(() => resolve?.())
  observer.observe(article)
  try {
    for (let last = -1; ;) {
      const width = Math.round(article.clientWidth)
      if (width !== last) yield (last = width)
      await new Promise<void>((done) => (resolve = done))
    }
  } finally {
    observer.disconnect()
  }
}

function* nows(): Generator<number> {
  for (;;) yield Date.now()
}

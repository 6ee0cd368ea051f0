import definitions from "virtual:definitions"
import { layOutTheRest } from "./arrival.ts"
import { letKeysScroll } from "./scrollers.ts"

const article = document.querySelector<HTMLElement>(".prose")!
const chapter = document.documentElement.dataset["chapter"]!

/** The first time that a reader does more than read. (Not all tools that read a page aloud press a pointer or a key.) */
const acted = new Promise<void>((resolve) => {
  for (const type of ["pointerdown", "keydown", "click", "input"])
    addEventListener(type, () => resolve(), { once: true, passive: true, capture: true })
})
const idle = new Promise<void>((resolve) => {
  if ("requestIdleCallback" in window) requestIdleCallback(() => resolve(), { timeout: 2000 })
  else setTimeout(resolve, 200)
})

void Promise.race([idle, acted])
  .then(comeAlive)
  .then(() => layOutTheRest(article))
  .then(() => {
    letKeysScroll(article)
    document.documentElement.dataset["arrived"] = ""
  })

async function comeAlive(): Promise<void> {
  const load = definitions[chapter]
  if (!load || !document.querySelector(".menu")) {
    document.documentElement.dataset["alive"] = ""
    return
  }
  const [{ start }, { cells, bundled }, { builtins, libraries }] = await Promise.all([
    import("../notebook/page/index.ts"),
    load(),
    import("./libraries.ts"),
  ])
  start({
    chapter,
    article,
    cells,
    libraries: libraries(bundled, acted),
    builtins: builtins(acted),
    acted,
    engine: { library: "seven-knobs", entry: "index.ts", files: async () => (await import("virtual:engine")).default },
    manuscript: async () => (await (await import("virtual:manuscripts")).default[chapter]!()).default,
    portables: async (engine) => (await import("./portables.ts")).portables(engine),
  })
  document.documentElement.dataset["alive"] = ""
}

const offline = document.querySelector<HTMLElement>(".offline")
const offer = (): void => void import("./offline.ts").then(({ offerOffline }) => offerOffline(offline!))
offline?.addEventListener("toggle", offer, { once: true })

const progress = document.querySelector<HTMLElement>(".progress")!
const showProgress = (): void => {
  const { top, height } = article.getBoundingClientRect()
  const read = (innerHeight - top) / height
  progress.style.transform = `scaleX(${Math.min(Math.max(read, 0), 1)})`
}
addEventListener("scroll", () => requestAnimationFrame(showProgress), { passive: true })
showProgress()

document.querySelector(".theme")!.addEventListener("click", () => {
  const root = document.documentElement
  const isDark =
    getComputedStyle(root).colorScheme === "dark" ||
    (!root.dataset["theme"] && matchMedia("(prefers-color-scheme: dark)").matches)
  const theme = isDark ? "light" : "dark"
  root.dataset["theme"] = theme
  try {
    localStorage.setItem("theme", theme)
  } catch {
    // Without storage the choice holds for this page.
  }
})

import type { AstroIntegration } from "astro"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { ChapterError } from "../notebook/build/error.ts"

/** Fails the build on a link to a page, a file or a place in a page that is not there, with the line it stands on. */
export function checkLinks(): AstroIntegration {
  let base = "/"
  let root = ""
  return {
    name: "seven-knobs:links",
    hooks: {
      "astro:config:done": ({ config }) => {
        base = config.base.replace(/\/*$/, "/")
        root = fileURLToPath(config.root)
      },
      "astro:build:done": ({ dir, pages }) => {
        const folder = fileURLToPath(dir)
        const dead = pages.flatMap(({ pathname }) =>
          deadLinks(folder, pathname, base).map((link) => ({ pathname, ...link })),
        )
        const [first] = dead
        if (!first) return
        throw mistake(root, first.pathname, first.href, first.why)
      },
    },
  }
}

/** The links of a built page that lead nowhere, and what is missing. */
export function deadLinks(folder: string, pathname: string, base: string): { href: string; why: string }[] {
  const html = readPage(folder, pathname)
  const hrefs = new Set(
    [...html.matchAll(/<a\s[^>]*?href="([^"]*)"/g)].map(([, href]) => href!.replaceAll("&amp;", "&")),
  )
  return [...hrefs].flatMap((href) => {
    if (/^[a-z][a-z+.-]*:/i.test(href)) return []
    const { pathname: path, hash } = new URL(href, `http://site${base}${pathname}`)
    if (!path.startsWith(base)) return [{ href, why: `it leaves ${base}` }]
    const file = join(folder, path.slice(base.length), path.endsWith("/") ? "index.html" : "")
    if (!existsSync(file)) return [{ href, why: `there is no ${path}` }]
    const id = decodeURIComponent(hash.slice(1))
    return id && !readFileSync(file, "utf8").includes(`id="${id}"`)
      ? [{ href, why: `there is no place "${id}" in ${path}` }]
      : []
  })
}

function readPage(folder: string, pathname: string): string {
  const file = /^404\/?$/.test(pathname) ? "404.html" : join(pathname, "index.html")
  return readFileSync(join(folder, file), "utf8")
}

function mistake(root: string, pathname: string, href: string, why: string): Error {
  const chapter = pathname.replace(/\/$/, "") || "introduction"
  const file = join(root, "src/content/chapters", `${chapter}.mdx`)
  const source = existsSync(file) ? readFileSync(file, "utf8") : ""
  const line = source.split("\n").findIndex((text) => text.includes(href)) + 1
  if (line === 0) return new Error(`The page /${pathname} links to ${href}, but ${why}.`)
  const column = source.split("\n")[line - 1]!.indexOf(href) + 1
  return new ChapterError({
    file,
    line,
    column,
    message: `This link is dead: ${why}`,
    hint: `The link is: ${href}`,
    source,
  })
}

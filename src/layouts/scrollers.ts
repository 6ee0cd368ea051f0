/** Makes a formula or a table that is wider than the page a stop of the Tab key, so that the arrow keys scroll it. */
export function letKeysScroll(article: HTMLElement): void {
  const look = (): void => {
    const all = [...article.querySelectorAll<HTMLElement>(".katex-display, .prose > table, .table-scroll")]
    // First all questions, then all changes: after a change, the next question would lay the page out anew.
    const isWide = all.map(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
    for (const [i, element] of all.entries()) {
      if (isWide[i]) element.tabIndex = 0
      else element.removeAttribute("tabindex")
    }
  }
  new ResizeObserver(look).observe(article)
}

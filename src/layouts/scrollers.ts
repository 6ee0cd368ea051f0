/** Makes a formula or a table that is wider than the page a stop of the Tab key, so that the arrow keys scroll it. */
export function letKeysScroll(article: HTMLElement): void {
  const look = (): void => {
    for (const wide of article.querySelectorAll<HTMLElement>(".katex-display, .prose > table, .table-scroll")) {
      if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0
      else wide.removeAttribute("tabindex")
    }
  }
  new ResizeObserver(look).observe(article)
}

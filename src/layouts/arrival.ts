/** How many elements are laid out in one go: a few milliseconds' work, on a slow phone about 50. */
const most = 200

/**
 * A page that arrives from elsewhere is laid out where its reader looks (`html[data-arriving]` in article.css), and the
 * rest from top to bottom in moments when the browser has nothing else to do: no formula far below holds up the first lines.
 * (The attribute stays: without it the browser would look again at the style of every element.)
 */
export async function layOutTheRest(article: HTMLElement): Promise<void> {
  if (!("arriving" in document.documentElement.dataset)) return
  await document.fonts.ready
  let room = most
  for (const child of article.children) {
    const count = child.getElementsByTagName("*").length
    if (room < count) {
      await idle()
      room = most
    }
    room -= count
    child.setAttribute("data-laid-out", "")
  }
}

function idle(): Promise<void> {
  return new Promise((resolve) => {
    if ("requestIdleCallback" in window) requestIdleCallback(() => resolve(), { timeout: 500 })
    else setTimeout(resolve, 50)
  })
}

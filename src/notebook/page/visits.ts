interface Navigation {
  addEventListener(
    type: "navigate",
    listener: (event: {
      userInitiated: boolean
      destination: { sameDocument: boolean }
      downloadRequest: string | null
    }) => void,
  ): void
}

/** Calls back when code, and not a reader, leads away from the page: `location.href = …` or `location.reload()` in a cell. */
export function onLeft(leave: () => void): void {
  const { navigation } = window as unknown as { navigation?: Navigation }
  navigation?.addEventListener("navigate", ({ userInitiated, destination, downloadRequest }) => {
    if (!userInitiated && !destination.sameDocument && downloadRequest === null) leave()
  })
}

const mark = "seven-knobs/open"

/**
 * Whether the last visit in this tab ended without an end, as a page does that no longer answers. From now on this visit
 * is marked while a reader looks at it.
 */
export function lastVisitBroke(): boolean {
  try {
    const broke = sessionStorage.getItem(mark) === location.pathname
    const show = (isOpen: boolean): void => {
      if (isOpen) sessionStorage.setItem(mark, location.pathname)
      else sessionStorage.removeItem(mark)
    }
    addEventListener("pagehide", () => show(false))
    document.addEventListener("visibilitychange", () => show(!document.hidden))
    show(!document.hidden)
    return broke
  } catch {
    return false
  }
}

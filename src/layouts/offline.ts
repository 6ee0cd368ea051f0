/** Lets a reader keep the site on the device, and remove it again. */
export async function offerOffline(panel: HTMLElement): Promise<void> {
  const worker = panel.dataset["worker"]!
  const text = panel.querySelector("p")!
  const button = panel.querySelector("button")!
  const announcer = document.querySelector("#announcer")!
  const show = (said: string, label = "", act?: () => Promise<void>): void => {
    text.textContent = said
    announcer.textContent = said
    button.hidden = !act
    button.textContent = label
    button.onclick = act ? () => void act() : null
  }

  if (!("serviceWorker" in navigator)) {
    show("This browser keeps pages only if they come from an address that begins with https.")
    return
  }
  const { serviceWorker } = navigator

  const offer = (): void =>
    show(
      "All chapters can be kept on this device, with the engine, the editor and the type checker: about 12\u00a0MB. They open without a network then.",
      "Keep them",
      keep,
    )

  const showKept = (): void =>
    show(
      "All chapters are on this device and open without a network. A new edition is fetched while you read the old one, and shown once you have closed every tab of it.",
      "Remove them",
      async () => {
        await remove()
        offer()
      },
    )

  const keep = async (): Promise<void> => {
    let isStopped = false
    const stop = async (): Promise<void> => {
      isStopped = true
      const registration = await serviceWorker.getRegistration(worker)
      registration?.installing?.postMessage("stop")
    }
    show("Keeping the chapters …", "Stop", stop)
    serviceWorker.onmessage = ({ data }: MessageEvent<{ kept: number; of: number }>) => {
      text.textContent = `Keeping the chapters: ${data.kept} of ${data.of} files.`
    }
    try {
      await activated(await serviceWorker.register(worker))
      showKept()
    } catch {
      await remove()
      if (isStopped) offer()
      else
        show(
          "The chapters could not be kept: a file did not arrive, or the device has no room. What had arrived is removed.",
          "Try again",
          keep,
        )
    } finally {
      serviceWorker.onmessage = null
    }
  }

  const remove = async (): Promise<void> => {
    const registration = await serviceWorker.getRegistration(worker)
    await registration?.unregister()
    const scope = new URL(".", new URL(worker, location.href)).href
    for (const name of await caches.keys()) if (name.endsWith(scope)) await caches.delete(name)
  }

  const registration = await serviceWorker.getRegistration(worker)
  if (registration?.active) showKept()
  else if (registration) await keep()
  else offer()
}

/** Resolves when all files have arrived and the worker answers for them; rejects if one did not. */
function activated({ installing, waiting, active }: ServiceWorkerRegistration): Promise<void> {
  const worker = (installing ?? waiting ?? active)!
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (worker.state === "activated") resolve()
      else if (worker.state === "redundant") reject(new Error("The service worker could not be installed"))
    }
    worker.onstatechange = look
    look()
  })
}

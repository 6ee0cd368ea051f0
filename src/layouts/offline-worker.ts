import { clientsClaim } from "workbox-core"
import { addPlugins, precacheAndRoute } from "workbox-precaching"

/** All files of this edition of the site, as the build found them. */
declare const FILES: { url: string; revision: string | null }[]
declare const clients: { matchAll(options: object): Promise<{ postMessage(message: unknown): void }[]> }

let kept = 0
const stopped = new AbortController()
addEventListener("message", ({ data }) => {
  if (data === "stop") stopped.abort()
})

// A page is answered from one edition, whole. A new edition is fetched beside it, and takes its place when no page is open.
precacheAndRoute(FILES)
addPlugins([
  {
    requestWillFetch: ({ request }) => Promise.resolve(new Request(request, { signal: stopped.signal })),
    async cacheDidUpdate() {
      kept++
      for (const page of await clients.matchAll({ includeUncontrolled: true }))
        page.postMessage({ kept, of: FILES.length })
    },
  },
])
clientsClaim()

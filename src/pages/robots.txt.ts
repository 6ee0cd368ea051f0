import type { APIRoute } from "astro"
import { addressOf } from "../layouts/chapter.ts"

export const GET: APIRoute = ({ site }) =>
  new Response(`User-agent: *\nAllow: /\n\nSitemap: ${new URL(addressOf("sitemap-index.xml"), site).href}\n`)

import rss from "@astrojs/rss"
import type { APIContext } from "astro"
import { chaptersInOrder } from "../content/reading-order.ts"
import { addressOf } from "../layouts/chapter.ts"

/** The chapters as a feed, in the order in which they are read. */
export async function GET({ site }: APIContext): Promise<Response> {
  const chapters = await chaptersInOrder()
  return rss({
    title: "Seven Knobs",
    description: "How a neural network learns: live articles that run a real autograd engine",
    site: new URL(addressOf(""), site),
    items: chapters.map(({ id, data }) => ({
      title: data.title,
      description: data.description,
      link: new URL(addressOf(id), site).href,
    })),
    customData: "<language>en</language>",
  })
}

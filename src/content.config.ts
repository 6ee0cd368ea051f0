import { glob } from "astro/loaders"
import { z } from "astro/zod"
import { defineCollection } from "astro:content"

/** One MDX file is one chapter; its name is its address, and `introduction` is the front page. */
const chapters = defineCollection({
  loader: glob({ pattern: "*.mdx", base: "./src/content/chapters" }),
  schema: z.object({
    title: z.string(),
    /** The line under the title: what a reader will be able to do. */
    subtitle: z.string(),
    /** One sentence for search engines and feeds. */
    description: z.string().max(160),
    /** Its place in the series, from 0. */
    order: z.number().int().min(0),
    /** What stands in lists of parts, where the title is too long. */
    short: z.string(),
  }),
})

export const collections = { chapters }

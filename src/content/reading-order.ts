import { getCollection, type CollectionEntry } from "astro:content"

/** All chapters, in the order in which they are read. */
export async function chaptersInOrder(): Promise<CollectionEntry<"chapters">[]> {
  return (await getCollection("chapters")).sort((a, b) => a.data.order - b.data.order)
}

import { regions, replaceRegion, type Region } from "../language/regions.ts"

/** A file of the engine with the regions that a page shows as they stand there; where each begins, and whether it is another. */
export interface Placed {
  text: string
  places: Map<string, { start: number; isChanged: boolean }>
}

/**
 * Puts the texts of regions, by name, into a file. One that is inside another that has changed, or around one, may have
 * no place: it has no start then.
 */
export function placeRegions(file: string, texts: ReadonlyMap<string, string>): Placed {
  const isAsBefore = ({ name, text }: Region): boolean => texts.get(name) === text
  try {
    const changed = regions(file).filter((region) => texts.has(region.name) && !isAsBefore(region))
    const text = changed.reduce((text, { name }) => replaced(text, name, texts.get(name)!), file)
    // The others are put in too, without their indent, so that positions count as in the page.
    const same = regions(text).filter(isAsBefore)
    const placed = same.reduce((text, { name }) => replaced(text, name, texts.get(name)!), text)
    const names = new Map(
      [...changed, ...same].map(({ name }) => [name, changed.some((region) => region.name === name)]),
    )
    const places = regions(placed).flatMap(({ name, start }) => {
      const isChanged = names.get(name)
      return isChanged === undefined ? [] : [[name, { start, isChanged }] as const]
    })
    return { text: placed, places: new Map(places) }
  } catch {
    // A text holds a mark of its own, without its partner.
    return { text: file, places: new Map() }
  }
}

function replaced(file: string, name: string, text: string): string {
  const region = regions(file).find((region) => region.name === name)
  return region ? replaceRegion(file, region, text) : file
}

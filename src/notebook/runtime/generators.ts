import type { LiveCell } from "./notebook.ts"

interface Source {
  next(value?: unknown): unknown
  return(value?: unknown): unknown
}

/** The inputs' own generators, which only follow what a reader does. */
const following = new WeakSet<object>()

/** What `view` gives: the values of an input, now and whenever a reader changes it. */
export function follow<T>(input: { value: T } & EventTarget): Generator<Promise<T> | T> {
  const values = valuesOf(input)
  following.add(values)
  return values
}

/** A generator that waits before every value but the first. Anything else is left as it is. */
export function paced(value: unknown, mayAdvance: LiveCell["mayAdvance"]): unknown {
  if (!mayAdvance || !isSource(value) || following.has(value)) return value
  let isFirst = true
  return {
    async next(sent: unknown) {
      if (!isFirst) await mayAdvance()
      isFirst = false
      return value.next(sent)
    },
    return: (sent: unknown) => value.return(sent),
  } satisfies Source
}

function isSource(value: unknown): value is Source {
  return (
    typeof value === "object" &&
    value !== null &&
    "next" in value &&
    typeof value.next === "function" &&
    "return" in value &&
    typeof value.return === "function"
  )
}

/** The values of an input; of changes faster than the page, the last is not lost. */
function* valuesOf<T>(input: { value: T } & EventTarget): Generator<Promise<T> | T> {
  const type = eventOf(input)
  let isNew = valueOf(input) !== undefined
  let resolve: ((value: T) => void) | null = null
  const listener = (): void => {
    if (resolve) resolve(valueOf(input))
    else isNew = true
    resolve = null
  }
  input.addEventListener(type, listener)
  try {
    for (;;) {
      const isWaiting = !isNew
      isNew = false
      yield isWaiting ? new Promise<T>((done) => (resolve = done)) : valueOf(input)
    }
  } finally {
    input.removeEventListener(type, listener)
  }
}

/** What an input says, as Observable reads it: a plain slider gives a number, a plain checkbox whether it is checked. */
function valueOf<T>(input: { value: T } & EventTarget): T {
  const { type, value, valueAsNumber, valueAsDate, checked, files, multiple, selectedOptions } = input as Partial<
    Omit<HTMLInputElement, "type" | "value"> & Pick<HTMLSelectElement, "selectedOptions">
  > & {
    type?: string
    value: T
  }
  if (type === "range" || type === "number") return (valueAsNumber ?? Number(value)) as T
  if (type === "date") return valueAsDate as T
  if (type === "checkbox") return checked as T
  if (type === "file") return (multiple ? files : files?.[0]) as T
  if (type === "select-multiple") return Array.from(selectedOptions ?? [], (option) => option.value) as T
  return value
}

function eventOf(input: EventTarget & { type?: string }): string {
  if (input.type === "button" || input.type === "submit" || input.type === "checkbox") return "click"
  return input.type === "file" ? "change" : "input"
}

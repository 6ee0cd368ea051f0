import { reason } from "../expected.ts"
import { number } from "../format.ts"
import { solved } from "../gauge.ts"
import { way } from "./promise.ts"
import type { Recording } from "./record.ts"

/** Where the reader stands in a run, what the next step promises and gives, and how the run ends if it ends badly. */
export function told(recording: Recording, step: number): string {
  const { moments } = recording
  const moment = moments[step]
  if (!moment) return "The run has no step."
  const loss = `Step ${step} of ${moments.length - 1}: loss ${number(moment.loss)}.`
  if (!Number.isFinite(moment.loss)) return `${loss} The run diverged; there is nothing left to draw. Rewind, or Reset.`
  const verdict = moment.loss < solved ? " Solved." : ""
  const next =
    moment.real === undefined ? "" : ` The next step: promised ${way(moment.promised)}, real ${way(moment.real)}.`
  return loss + verdict + next + ending(recording)
}

/** How a run ends that throws, or whose loss climbs to a thousand times its start; nothing for one that ends well. */
function ending({ moments, error }: Recording): string {
  const [first, final, last] = [moments[0], moments.at(-1), moments.length - 1]
  if (error !== undefined) return ` The run stopped after step ${last}: ${reason(error)}`
  const lost = first && final && !(final.loss < 1000 * Math.max(first.loss, 1))
  return lost ? ` The run diverges: at step ${last} the loss is ${number(final.loss)}.` : ""
}

import { wrong } from "./expected.ts"
import { number } from "./format.ts"
import { figure, picture, textLine } from "./frame.ts"
import { lossView, type Run, told } from "./loss-view.ts"

export interface LossCurveOptions {
  /** "log" (powers of ten, the default) or "linear". */
  scale?: "log" | "linear"
  /** The step to mark. */
  step?: number
}

/**
 * Loss against step for one run or several. A run that leaves the numbers ends with a cross, and the text says where.
 * @param runs the losses of one run, step by step from step 0, or several `{ losses, label, reference }`
 * @throws TypeError if a run is not an array of numbers
 */
export function lossCurve(runs: readonly number[] | readonly Run[], options: LossCurveOptions = {}): HTMLElement {
  const all = runsOf(runs)
  const { scale = "log", step } = options
  const view = lossView({ scale })
  const line = textLine()
  view.draw(all, step)
  const at = (all.find(({ reference }) => !reference) ?? all[0])?.losses[step ?? -1]
  const here = step === undefined || at === undefined ? "" : `Step ${step}: loss ${number(at)}. `
  line.say(all.length === 0 ? "No run yet." : here + told(all))
  return figure("loss-curve", "Loss against step", picture(view.drawn), line.root)
}

function runsOf(runs: readonly number[] | readonly Run[]): readonly Run[] {
  const remedy = "pass the losses in an array, or several { losses, label }"
  if (!Array.isArray(runs)) throw wrong("lossCurve", "an array", runs, remedy)
  const numbers = runs.length > 0 && runs.every((loss) => typeof loss === "number")
  const all = numbers ? [{ losses: runs as readonly number[] }] : (runs as readonly Run[])
  for (const run of all) {
    if (!Array.isArray(run?.losses) || !run.losses.every((loss) => typeof loss === "number"))
      throw wrong("lossCurve", "losses that are numbers", run?.losses ?? run, remedy)
  }
  return all
}

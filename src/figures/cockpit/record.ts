/** What the reader asks of a run. */
export interface Settings {
  readonly learningRate: number
  /** 0 is the fixed start; from 1 on, the start drawn with that seed. */
  readonly seed: number
  /** The break-it switches that are on. */
  readonly faults: readonly string[]
}

/** One moment of training: the machine before a step, and what that step promises and gives. */
export interface Moment {
  readonly loss: number
  readonly knobs: readonly number[]
  readonly slopes: readonly number[]
  /** The drop that the slopes promise for the next step: rate × slope², over all knobs. */
  readonly promised?: number
  /** The drop that the next step gives; below 0 if the loss rises. */
  readonly real?: number
}

/** A run as far as it went. */
export interface Recording {
  readonly moments: readonly Moment[]
  /** What was thrown, if that ended it. */
  readonly error?: unknown
}

/** Take up to `steps` steps of a run. It ends with the first loss that is not finite, or where the run throws. */
export function record(run: Iterable<Moment>, steps: number): Recording {
  const moments: Moment[] = []
  try {
    for (const moment of run) {
      moments.push(moment)
      if (moments.length > steps || !Number.isFinite(moment.loss)) break
    }
  } catch (error) {
    return { moments, error }
  }
  return { moments }
}

import { breath, Pace, Stopped, type Clock } from "./clock.ts"

/** How a run of a cell stands to those after it. */
export interface RunState {
  /** Another run has begun, or the cell was replaced or stopped. */
  isStale(): boolean
  /** Another definition stands in the cell's place. */
  isReplaced(): boolean
  /** How long code that cannot wait may block the page, in milliseconds. */
  longest: number
  /** Called when code was stopped because it blocked the page. */
  onBlocked(stopped: Stopped): void
}

/** What the compiler's checkpoints call in loops and functions, so that no cell freezes the page. */
export interface Checkpoints {
  /** Where code cannot wait: stops it once it has blocked the page for too long. */
  check(line: number): void
  /** Where code can wait: whether it is time to let the page breathe. */
  late(line: number): boolean
  breathe(line: number): Promise<void>
}

export function checkpoints(clock: Clock, { isStale, isReplaced, longest, onBlocked }: RunState): Checkpoints {
  const pace = new Pace()
  let hasBlocked = false
  let replacedAt = Infinity
  return {
    check(line) {
      if (!pace.isTime()) return
      // Once stopped, for good: a timer must not block the page again and again.
      if (hasBlocked) throw new Stopped(line, "blocked")
      const elapsed = pace.measured(clock.elapsed())
      // What was replaced may clean up after itself, and do nothing longer.
      if (isReplaced()) replacedAt = Math.min(replacedAt, elapsed)
      hasBlocked = elapsed > longest || elapsed - replacedAt > breath
      if (!hasBlocked) return
      const stopped = new Stopped(line, "blocked")
      onBlocked(stopped)
      throw stopped
    },
    late(line) {
      if (isStale()) throw new Stopped(line, "asked")
      return pace.isTime() && pace.measured(clock.elapsed()) > breath
    },
    async breathe(line) {
      await clock.nextTask()
      if (isStale()) throw new Stopped(line, "asked")
    },
  }
}

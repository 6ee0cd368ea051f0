import { closeCompletion, completionStatus } from "@codemirror/autocomplete"
import { type EditorState, Prec, StateEffect, StateField, type Extension } from "@codemirror/state"
import { closeHoverTooltips, EditorView, hasHoverTooltips, showTooltip, type Tooltip } from "@codemirror/view"

/** A tooltip that was asked for with the keyboard, or by typing. */
export interface Tip {
  kind: "call" | "note"
  tooltip: Tooltip
}

const setTip = StateEffect.define<Tip | null>()

const tip = StateField.define<Tip | null>({
  create: () => null,
  update(shown, { effects, changes, docChanged, selection }) {
    for (const effect of effects) if (effect.is(setTip)) return effect.value
    if (!shown || !(docChanged || selection)) return shown
    // A call stands while its arguments are typed: who shows it takes it away.
    const { kind, tooltip } = shown
    return kind === "note" ? null : { kind, tooltip: { ...tooltip, pos: changes.mapPos(tooltip.pos) } }
  },
  provide: (field) => showTooltip.from(field, (shown) => shown && shown.tooltip),
})

/** Which kind of tip an editor shows. */
export function shownTip(state: EditorState): Tip["kind"] | undefined {
  return state.field(tip, false)?.kind
}

/** Shows a tip above a position instead of the one before, and says it to those who listen. */
export function showTip(view: EditorView, kind: Tip["kind"], pos: number, dom: HTMLElement, spoken: string): void {
  const shown = setTip.of({ kind, tooltip: { pos, above: true, create: () => ({ dom }) } })
  view.dispatch({ effects: spoken ? [shown, EditorView.announce.of(spoken)] : shown })
}

/** Takes the tip away, if there is one. */
export function hideTip(view: EditorView): void {
  if (shownTip(view.state)) view.dispatch({ effects: setTip.of(null) })
}

/** Closes what is shown, under the pointer too; but first, in its own way, a list of completions that is open over it. */
function close(view: EditorView): boolean {
  const status = completionStatus(view.state)
  // A list that is still being made would take the key for itself.
  if (status === "pending") closeCompletion(view)
  const isHovering = hasHoverTooltips(view.state)
  if (status === "active" || !(isHovering || shownTip(view.state))) return false
  if (isHovering) view.dispatch({ effects: closeHoverTooltips })
  hideTip(view)
  return true
}

/** An editor that can show tips; Escape closes them, and so does leaving the editor. */
export const tips: Extension = [
  tip,
  Prec.highest(
    EditorView.domEventHandlers({
      keydown: ({ key, isComposing }, view) => key === "Escape" && !isComposing && close(view),
    }),
  ),
  EditorView.domEventHandlers({
    blur: (_, view) => {
      setTimeout(() => {
        hideTip(view)
      })
    },
  }),
]

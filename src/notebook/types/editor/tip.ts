import { completionStatus } from "@codemirror/autocomplete"
import { Prec, StateEffect, StateField, type Extension } from "@codemirror/state"
import { EditorView, keymap, showTooltip, type Command, type Tooltip } from "@codemirror/view"

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
export function shownTip(view: EditorView): Tip["kind"] | undefined {
  return view.state.field(tip)?.kind
}

/** Shows a tip above a position instead of the one before, and says it to those who listen. */
export function showTip(view: EditorView, kind: Tip["kind"], pos: number, dom: HTMLElement, spoken: string): void {
  const shown = setTip.of({ kind, tooltip: { pos, above: true, create: () => ({ dom }) } })
  view.dispatch({ effects: spoken ? [shown, EditorView.announce.of(spoken)] : shown })
}

/** Takes the tip away, if there is one. */
export function hideTip(view: EditorView): void {
  if (shownTip(view)) view.dispatch({ effects: setTip.of(null) })
}

const close: Command = (view) => {
  // The list of completions closes first.
  if (!shownTip(view) || completionStatus(view.state)) return false
  hideTip(view)
  return true
}

/** An editor that can show tips; Escape closes them, and so does leaving the editor. */
export const tips: Extension = [
  tip,
  Prec.highest(keymap.of([{ key: "Escape", run: close }])),
  EditorView.domEventHandlers({
    blur: (_, view) => {
      setTimeout(() => {
        hideTip(view)
      })
    },
  }),
]

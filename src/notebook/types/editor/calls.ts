import { EditorView, type ViewUpdate } from "@codemirror/view"
import type { Extension } from "@codemirror/state"
import type { TypeClient } from "../client.ts"
import { callOf, textOf } from "./note.ts"
import { hideTip, shownTip, showTip } from "./tip.ts"

/** Shows a function's parameters while its arguments are typed, and which one comes next. */
export function calls(client: TypeClient, cell: string): Extension {
  let asked = 0
  let isAsking = false
  let spoken = ""

  const ask = async (view: EditorView): Promise<void> => {
    const question = ++asked
    isAsking = true
    const found = await client.signature(cell, view.state.selection.main.head)
    if (question !== asked) return
    isAsking = false
    if (!found || !view.hasFocus) {
      spoken = ""
      hideTip(view)
      return
    }
    const { pieces } = found.parameters[found.active] ?? { pieces: [] }
    const text = textOf(pieces) || `${textOf(found.head)}${textOf(found.tail)}`
    showTip(view, "call", found.from, callOf(found), text === spoken ? "" : text)
    spoken = text
  }

  return EditorView.updateListener.of((update) => {
    const isOpen = shownTip(update.state) === "call"
    if (shownTip(update.startState) === "call" && !isOpen) {
      // It was closed: an answer that is on its way does not open it again.
      asked++
      isAsking = false
    } else if (opens(update) || ((isOpen || isAsking) && (update.docChanged || update.selectionSet))) {
      void ask(update.view)
    }
  })
}

function opens({ transactions }: ViewUpdate): boolean {
  return transactions.some((transaction) => {
    let isOpening = false
    if (transaction.isUserEvent("input.type"))
      transaction.changes.iterChanges((_, __, ___, ____, inserted) => (isOpening ||= /[(,]/.test(inserted.toString())))
    return isOpening
  })
}

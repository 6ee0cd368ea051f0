import { forEachDiagnostic, linter, type Diagnostic } from "@codemirror/lint"
import { StateEffect, type Extension } from "@codemirror/state"
import { hoverTooltip, keymap, ViewPlugin, type EditorView } from "@codemirror/view"
import type { TypeClient } from "../client.ts"
import { calls } from "./calls.ts"
import { completion } from "./completion.ts"
import { noteOf, textOf } from "./note.ts"
import { showTip, tips } from "./tip.ts"

/** What TypeScript knows, in the editor of one cell: mistakes as they are typed, notes, completion, calls. */
export function typeSupport(client: TypeClient, cell: string): Extension {
  return [mistakes(client, cell), notes(client, cell), completion(client, cell), tips, calls(client, cell)]
}

const recheck = StateEffect.define<null>()

function mistakes(client: TypeClient, cell: string): Extension {
  const check = async (view: EditorView): Promise<Diagnostic[]> => {
    const found = await client.diagnostics(cell)
    return found?.map((mistake) => ({ ...mistake, severity: "error" })) ?? shown(view)
  }
  const watch = ViewPlugin.define((view) => {
    const destroy = client.onChange((changed) => {
      // Not at once: the editor may be in the middle of an update.
      if (changed.size > 1 || !changed.has(cell)) queueMicrotask(() => view.dispatch({ effects: recheck.of(null) }))
    })
    return { destroy }
  })
  const needsRefresh = ({ transactions }: { transactions: readonly { effects: readonly StateEffect<unknown>[] }[] }) =>
    transactions.some(({ effects }) => effects.some((effect) => effect.is(recheck)))
  return [linter(check, { delay: 400, needsRefresh }), watch]
}

/** The mistakes that an editor shows already: they stand until they are known to be gone. */
function shown(view: EditorView): Diagnostic[] {
  const diagnostics: Diagnostic[] = []
  forEachDiagnostic(view.state, (diagnostic, from, to) => diagnostics.push({ ...diagnostic, from, to }))
  return diagnostics
}

/** What a name is, under the pointer, or at the cursor with Mod-k Mod-i. */
function notes(client: TypeClient, cell: string): Extension {
  const atPointer = hoverTooltip(async (_, position) => {
    const found = await client.hover(cell, position)
    return found && { pos: found.from, end: found.to, above: true, create: () => ({ dom: noteOf(found) }) }
  })
  const atCursor = async (view: EditorView): Promise<void> => {
    const { head } = view.state.selection.main
    const found = await client.hover(cell, head)
    if (found) {
      const spoken = `${textOf(found.signature)}. ${found.documentation}`
      showTip(view, "note", found.from, noteOf(found), spoken)
    }
  }
  return [atPointer, keymap.of([{ key: "Mod-k Mod-i", run: (view) => (void atCursor(view), true) }])]
}

import { autocompletion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete"
import type { Extension } from "@codemirror/state"
import type { TypeClient } from "../client.ts"
import { noteOf } from "./note.ts"

/** Completes names, members, options and modules as TypeScript knows them, each with its documentation. */
export function completion(client: TypeClient, cell: string): Extension {
  const source = async (context: CompletionContext): Promise<CompletionResult | null> => {
    const { pos, explicit } = context
    // After a number a dot is its decimal point.
    if (!explicit && !context.matchBefore(/(?:^|[^\w$])[A-Za-z_$][\w$]*$|[^\d]\.$|\?\.$|["'/]$/)) return null
    const found = await client.complete(cell, pos)
    if (!found || found.entries.length === 0) return null
    const options = found.entries.map(({ name, kind, isFar }) => ({
      label: name,
      type: kind,
      boost: isFar ? -50 : 0,
      info: async () => {
        const described = await client.describe(cell, pos, name)
        return described && noteOf(described)
      },
    }))
    return { from: found.from, options, validFor: /^[\w$]*$/ }
  }
  return autocompletion({ override: [source] })
}

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete"
import { defaultKeymap, history, historyKeymap, indentLess, indentMore, toggleComment } from "@codemirror/commands"
import { javascript } from "@codemirror/lang-javascript"
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language"
import { lintKeymap } from "@codemirror/lint"
import { EditorState, Prec, type Extension } from "@codemirror/state"
import { drawSelection, EditorView, keymap } from "@codemirror/view"
import { tags } from "@lezer/highlight"

/** An editor over one cell's code. */
export interface Editor {
  readonly view: EditorView
  /** Moves the focus into the editor, to a point of the screen if one is given. */
  focus(at?: { x: number; y: number }): void
  replace(text: string): void
  destroy(): void
}

/** What an editor needs to know of its cell. */
export interface EditorOptions {
  parent: HTMLElement
  text: string
  label: string
  onChange(text: string): void
  onRun(stay: boolean): void
  onLeave(): void
  extensions?: Extension
}

/** The classes that the static code has, so that no colour changes when the editor opens. */
const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.bool, tags.null, tags.self], class: "code-keyword" },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], class: "code-string" },
  { tag: tags.number, class: "code-number" },
  { tag: tags.comment, class: "code-comment" },
])

/** Opens an editor inside the element that holds the static code. */
export function createEditor({
  parent,
  text,
  label,
  onChange,
  onRun,
  onLeave,
  extensions = [],
}: EditorOptions): Editor {
  // Tab moves on to the next control until the reader types or clicks: no keyboard is trapped (WCAG 2.1.2).
  let tabIndents = false
  const indents = (command: typeof indentMore) => (view: EditorView) => tabIndents && command(view)
  const state = EditorState.create({
    doc: text,
    extensions: [
      history(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      javascript({ typescript: true }),
      syntaxHighlighting(colours),
      EditorView.contentAttributes.of({
        "aria-label": `${label}. Shift+Enter runs it, Escape leaves it.`,
        // The cell is the stop of the Tab key; Enter leads from there into the code, and Escape back.
        tabindex: "-1",
        autocapitalize: "off",
        spellcheck: "false",
      }),
      Prec.high(
        keymap.of([
          { key: "Shift-Enter", run: () => (onRun(false), true) },
          { key: "Mod-Enter", run: () => (onRun(true), true) },
          { key: "Mod-/", run: toggleComment },
          { key: "Tab", run: indents(indentMore), shift: indents(indentLess) },
        ]),
      ),
      autocompletion({ activateOnTyping: true }),
      keymap.of([...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap]),
      keymap.of([{ key: "Escape", run: () => ((tabIndents = false), onLeave(), true) }]),
      EditorView.updateListener.of((update) => {
        if (!update.docChanged) return
        tabIndents = true
        onChange(update.state.doc.toString())
      }),
      EditorView.domEventHandlers({
        mousedown: () => void (tabIndents = true),
        focus: () => void (tabIndents &&= false),
      }),
      extensions,
    ],
  })
  parent.replaceChildren()
  const view = new EditorView({ state, parent })
  return {
    view,
    focus(at) {
      view.focus()
      const position = at && view.posAtCoords(at)
      if (position !== undefined && position !== null) view.dispatch({ selection: { anchor: position } })
    },
    replace(next) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } })
    },
    destroy() {
      view.destroy()
    },
  }
}

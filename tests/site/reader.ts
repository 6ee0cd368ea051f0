import type { Page } from "playwright-core"

/** Opens a cell's editor with the keyboard and puts another text in it. */
export async function write(page: Page, cell: string, text: string): Promise<void> {
  await page.locator(`#${cell} .cell-code`).focus()
  await page.keyboard.press("Enter")
  await page.locator(`#${cell} .cm-content`).waitFor()
  await page.waitForFunction(() => document.activeElement?.classList.contains("cm-content"))
  await page.keyboard.press("ControlOrMeta+a")
  await page.keyboard.insertText(text)
}

/** Writes a text into a cell and runs it with Shift+Enter. */
export async function run(page: Page, cell: string, text: string): Promise<void> {
  await write(page, cell, text)
  await page.keyboard.press("Shift+Enter")
}

/** The text in a cell's editor, or in its code where no editor is open. */
export async function textOf(page: Page, cell: string): Promise<string> {
  return page.locator(`#${cell} .cell-code`).evaluate((code) => {
    const lines = code.querySelectorAll(".cm-line")
    return lines.length > 0 ? [...lines].map((line) => line.textContent).join("\n") : code.textContent
  })
}

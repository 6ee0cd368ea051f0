/** The little of selenium-webdriver that the tests use; it ships no types. */
declare module "selenium-webdriver" {
  export const Key: Record<"ENTER" | "ESCAPE" | "TAB" | "SHIFT" | "CONTROL", string>

  export class Capabilities {
    constructor(wanted: Record<string, unknown>)
    getBrowserName(): string
    getBrowserVersion(): string
  }

  interface Actions {
    keyDown(key: string): Actions
    keyUp(key: string): Actions
    sendKeys(key: string): Actions
    perform(): Promise<void>
  }

  interface Driver {
    get(address: string): Promise<void>
    executeScript(script: string, ...args: unknown[]): Promise<unknown>
    actions(): Actions
    getCapabilities(): Promise<Capabilities>
    manage(): { setTimeouts(timeouts: { script: number }): Promise<void> }
    quit(): Promise<void>
  }

  export class Builder {
    usingServer(address: string): Builder
    withCapabilities(wanted: Capabilities): Builder
    build(): Promise<Driver>
  }
}

import { trainer } from "./compiled.ts"

/** The same where no code may be generated. */
export const train = trainer("columns")

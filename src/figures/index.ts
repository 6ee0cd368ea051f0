export type { Valued } from "./dom.ts"

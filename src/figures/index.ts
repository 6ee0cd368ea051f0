export type { Valued } from "./dom.ts"
export { microscope, type MicroscopeOptions } from "./microscope.ts"

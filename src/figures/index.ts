export type { Valued } from "./dom.ts"
export { microscope, type MicroscopeOptions } from "./microscope.ts"
export { table, type Column, type Entry, type Row, type TableOptions } from "./table.ts"
export { machine, type MachineOptions } from "./machine.ts"

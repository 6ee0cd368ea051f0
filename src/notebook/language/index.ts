export { digitsOf, fulfils, write, type Assertion } from "./assertions.ts"
export { compile, type Compiled, type Definition } from "./compile.ts"
export { CellError, positionAt, type Position } from "./error.ts"
export { stripTypes } from "./strip.ts"

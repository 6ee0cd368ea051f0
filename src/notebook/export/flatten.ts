import { Edits } from "../language/edits.ts"
import { CellError } from "../language/error.ts"
import { parseTypeScript, type Syntax } from "../language/syntax.ts"

/** TypeScript modules written as one text. */
export interface Flattened {
  /** The types that the modules export. */
  types: string
  /** Each module as a function that is called at once: `const $value = (() => { …; return { Value } })()`. */
  modules: string
  /** Where a name that the entry exports comes from: `$value`. */
  homeOf(name: string): string
}

interface Module {
  text: string
  /** The modules that it imports values from, and those of which it only names the types. */
  needs: string[]
  names: string[]
  types: string[]
  values: string[]
  classes: string[]
}

/**
 * Writes the modules that some names of an entry need as one text, in the order in which they need each other. Their own
 * names stay their own; the types that they export are there for all.
 *
 * @throws CellError where a module has a mistake, or the entry lacks a name
 */
export function flatten(files: Record<string, string>, entry: string, names: string[]): Flattened {
  const homes = exportsOf(files[entry]!)
  const homeOf = (name: string): string => {
    const home = homes.get(name)
    if (!home)
      throw new CellError(
        `The engine has no ${name}`,
        `It has ${[...homes.keys()].join(", ")}. Correct the import before you download.`,
      )
    return resolve(entry, home)
  }
  const modules = new Map<string, Module>()
  const seen = new Set<string>()
  const add = (path: string): void => {
    if (seen.has(path)) return
    seen.add(path)
    const module = read(path, files[path]!)
    for (const needed of module.needs) add(needed)
    modules.set(path, module)
    // Types may need each other in a circle, for they are nothing when the program runs.
    for (const named of module.names) add(named)
  }
  for (const name of names) add(homeOf(name))

  const types: string[] = []
  const written: string[] = []
  for (const [path, { text, types: own, values, classes }] of modules) {
    const constant = constantOf(path)
    types.push(...own, ...classes.map((name) => `type ${name} = InstanceType<typeof ${constant}.${name}>`))
    if (values.length > 0)
      written.push(`// ${path}\nconst ${constant} = (() => {\n${text}\n\nreturn { ${values.join(", ")} }\n})()`)
  }
  return { types: types.join("\n\n"), modules: written.join("\n\n"), homeOf: (name) => constantOf(homeOf(name)) }
}

/** `compile/trace.ts` as `$compile_trace`. */
function constantOf(path: string): string {
  return `$${path.replace(/\.ts$/, "").replace(/\W/g, "_")}`
}

function resolve(from: string, to: string): string {
  return new URL(to, `file:///${from}`).pathname.slice(1)
}

/** The module that each name which an index re-exports comes from. */
function exportsOf(index: string): Map<string, string> {
  const homes = new Map<string, string>()
  for (const node of statementsOf(index))
    for (const specifier of (node["specifiers"] as Syntax[] | undefined) ?? [])
      homes.set(nameOf(specifier["exported"]), (node["source"] as Syntax)["value"] as string)
  return homes
}

function read(path: string, source: string): Module {
  const edits = new Edits(source)
  const module: Module = { text: "", needs: [], names: [], types: [], values: [], classes: [] }
  for (const node of parsed(path, source)) {
    const declaration = node["declaration"] as Syntax | null | undefined
    if (node.type === "ImportDeclaration") {
      const wanted = resolve(path, (node["source"] as Syntax)["value"] as string)
      const list = isOnlyTypes(node) ? module.names : module.needs
      list.push(wanted)
      edits.replace(
        node.start,
        node.end,
        list === module.needs ? looksInto(wanted, node["specifiers"] as Syntax[]) : "",
      )
    } else if (node.type === "ExportNamedDeclaration" && declaration) {
      if (/^TS(Interface|TypeAlias)Declaration$/.test(declaration.type)) {
        const start = node.start - (/\/\*\*(?:(?!\*\/)[^])*\*\/\s*$/.exec(source.slice(0, node.start))?.[0].length ?? 0)
        const type = source.slice(start, node.end).replace(/^export (?=interface|type)/m, "")
        module.types.push(
          type.replace(/\btypeof (\w+)/g, (_, name: string) => {
            if (!module.values.includes(name)) module.values.push(name)
            return `typeof ${constantOf(path)}.${name}`
          }),
        )
        edits.replace(start, node.end, "")
      } else {
        edits.replace(node.start, declaration.start, "")
        const names = declared(declaration)
        module.values.push(...names.filter((name) => !module.values.includes(name)))
        if (declaration.type === "ClassDeclaration") module.classes.push(...names)
      }
    }
  }
  module.text = edits
    .toString()
    .replace(/^ *\/\/ #(?:region|endregion).*\n/gm, "")
    .replace(/\n{3,}/g, "\n\n")
    .trim()
  return module
}

function parsed(path: string, source: string): Syntax[] {
  try {
    return statementsOf(source)
  } catch (error) {
    if (!(error instanceof CellError)) throw error
    throw new CellError(`${path}: ${error.message}`, "Mend or reset your change of the engine before you download.")
  }
}

const statementsOf = (source: string): Syntax[] => parseTypeScript(source).root["body"] as Syntax[]

function isOnlyTypes(node: Syntax): boolean {
  const specifiers = node["specifiers"] as Syntax[]
  return node["importKind"] === "type" || specifiers.every((specifier) => specifier["importKind"] === "type")
}

function looksInto(path: string, specifiers: Syntax[]): string {
  const constant = constantOf(path)
  const whole = specifiers.find(({ type }) => type === "ImportNamespaceSpecifier")
  if (whole) return `const ${nameOf(whole["local"])} = ${constant}`
  const names = specifiers
    .filter((specifier) => specifier["importKind"] !== "type")
    .map(({ imported, local }) =>
      nameOf(imported) === nameOf(local) ? nameOf(local) : `${nameOf(imported)}: ${nameOf(local)}`,
    )
  return `const { ${names.join(", ")} } = ${constant}`
}

function declared(declaration: Syntax): string[] {
  const declarations = (declaration["declarations"] as Syntax[] | undefined) ?? [declaration]
  return declarations.map(({ id }) => nameOf(id))
}

function nameOf(node: unknown): string {
  return (node as Syntax)["name"] as string
}

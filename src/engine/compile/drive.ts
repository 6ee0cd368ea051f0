/**
 * Work that can be done in one go or in slices. It yields nothing where it may pause, and the bytes of a WebAssembly module
 * where it needs that module compiled.
 */
export type Build<T> = Generator<Uint8Array<ArrayBuffer> | undefined, T, WebAssembly.Module | undefined>

/** How long, in milliseconds, a slice may keep the thread to itself: half a frame of a screen at 60 Hz. */
const patience = 8

/** Does the work now. */
export function finish<T>(build: Build<T>): T {
  let state = build.next()
  while (!state.done) state = state.value ? compiled(build, state.value) : build.next()
  return state.value
}

function compiled<T>(build: Build<T>, bytes: Uint8Array<ArrayBuffer>): ReturnType<typeof build.next> {
  let module: WebAssembly.Module
  try {
    module = new WebAssembly.Module(bytes)
  } catch (error) {
    return build.throw(error)
  }
  return build.next(module)
}

/** Does the work in slices: others have the thread in between, and modules are compiled on another one. */
export async function finishInSlices<T>(build: Build<T>): Promise<T> {
  const compile = async (bytes: Uint8Array<ArrayBuffer>): Promise<WebAssembly.Module> => WebAssembly.compile(bytes)
  let since = performance.now()
  let state = build.next()
  while (!state.done) {
    if (state.value) {
      state = await compile(state.value).then(
        (module) => build.next(module),
        (error: unknown) => build.throw(error),
      )
    } else {
      if (performance.now() - since > patience) {
        await new Promise((resolve) => setTimeout(resolve))
        since = performance.now()
      }
      state = build.next()
    }
  }
  return state.value
}

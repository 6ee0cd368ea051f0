/** Names that a cell takes from the language or the browser, never from another cell. */
export const globals: ReadonlySet<string> = new Set(
  `undefined NaN Infinity globalThis window self document location navigator history crypto performance localStorage
  sessionStorage indexedDB customElements matchMedia getComputedStyle requestAnimationFrame cancelAnimationFrame
  requestIdleCallback cancelIdleCallback setTimeout clearTimeout setInterval clearInterval setImmediate queueMicrotask
  structuredClone fetch alert confirm prompt atob btoa eval isNaN isFinite parseFloat parseInt encodeURI decodeURI
  encodeURIComponent decodeURIComponent escape unescape reportError
  Object Function Boolean Symbol Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError
  Number BigInt Math Date String RegExp Array Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array
  Uint32Array Float16Array Float32Array Float64Array BigInt64Array BigUint64Array Map Set WeakMap WeakSet ArrayBuffer
  SharedArrayBuffer Atomics DataView JSON WeakRef FinalizationRegistry Iterator Promise Reflect Proxy Intl WebAssembly
  Event CustomEvent EventTarget AbortController AbortSignal Blob File FileReader FormData Headers Request Response URL
  URLSearchParams TextEncoder TextDecoder ReadableStream WritableStream TransformStream CompressionStream
  DecompressionStream MessageChannel MessagePort BroadcastChannel Worker WebSocket EventSource Node Element HTMLElement
  SVGElement SVGSVGElement HTMLInputElement HTMLSelectElement HTMLButtonElement HTMLCanvasElement DocumentFragment
  DocumentType Text Comment Image ImageData Path2D DOMParser XMLSerializer MutationObserver ResizeObserver
  IntersectionObserver DOMRect DOMPoint DOMMatrix CSS MouseEvent KeyboardEvent PointerEvent InputEvent`.split(/\s+/),
)

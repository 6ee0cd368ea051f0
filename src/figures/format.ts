const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹"
const subscripts = "₀₁₂₃₄₅₆₇₈₉"

/**
 * A number as the site prints it: `digits` decimals (4, none from 1000 on), a proper minus, `×10ⁿ` where fixed decimals
 * would show only zeros or too many places; "not a number", "infinite" and "minus infinite" in words.
 */
export function number(x: number, digits = Math.abs(x) < 1000 ? 4 : 0): string {
  if (Number.isNaN(x)) return "not a number"
  if (!Number.isFinite(x)) return x > 0 ? "infinite" : "minus infinite"
  const size = Math.abs(x)
  // The dust of arithmetic does not make a hundredth less than a hundredth.
  const least = (1 - 1e-9) * 10 ** -digits
  if (size >= 1e7 || (digits > 0 && size > 0 && size < least)) return scientific(x)
  return minus(unsignedZero(x.toFixed(digits)))
}

/** The same without the zeros at its end: 7, 6.1, 6.001. */
export function brief(x: number, digits = 4): string {
  const text = number(x, digits)
  return /^−?\d+\.\d+$/.test(text) ? text.replace(/\.?0+$/, "") : text
}

/** The same with its sign always shown: +0.1119, −0.1476; a plain 0 has none. */
export function signed(x: number, digits = 4): string {
  return x > 0 ? `+${number(x, digits)}` : number(x, digits)
}

/** A number in its `digits` (5) leading digits, without zeros at its end: 0.006001, 6.0005×10⁻¹². */
export function significant(x: number, digits = 5): string {
  if (!Number.isFinite(x) || x === 0) return brief(x)
  const size = Math.abs(x)
  const text = size < 1e-4 || size >= 1e7 ? scientific(x, digits - 1) : minus(x.toPrecision(digits))
  return text.replace(/(\.\d*?)0+(?=×|$)/, "$1").replace(/\.(?=×|$)/, "")
}

/** `7.0×10⁻⁵`: one digit before the point, `digits` after it; with none, a lone 1 is left out: `10⁻⁸`. */
export function scientific(x: number, digits = 1): string {
  const [mantissa = "", exponent = ""] = x.toExponential(digits).split("e")
  const times = mantissa === "1" ? "" : mantissa === "-1" ? "−" : `${minus(mantissa)}×`
  return `${times}${power(Number(exponent))}`
}

/** Ten to a whole power: `10⁻⁸`. */
export const power = (exponent: number): string => `10${superscript(exponent)}`

/** A whole number as an exponent: `⁻⁸`. */
export function superscript(exponent: number): string {
  const digits = [...String(Math.abs(exponent))].map((digit) => superscripts[Number(digit)]).join("")
  return `${exponent < 0 ? "⁻" : ""}${digits}`
}

/** A name as a formula sets it: `w1` is `w₁`; other words stay as they are. */
export function symbol(name: string): string {
  const [, letter, digits] = /^(\p{L}\p{M}*)(\d+)$/u.exec(name) ?? []
  return letter && digits ? letter + [...digits].map((digit) => subscripts[Number(digit)]).join("") : name
}

const minus = (text: string): string => text.replace("-", "−")
const unsignedZero = (text: string): string => (/^-0(\.0*)?$/.test(text) ? text.slice(1) : text)

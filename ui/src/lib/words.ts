// Small words: counts, lists, sizes. Pure.

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']

/** A count in prose: words up to twelve, digits above. */
export const spelled = (n: number): string => NUMBERS[n] ?? n.toLocaleString('en')

/** `1 alert`, `12 alerts`. */
export const count = (n: number, one: string, many = `${one}s`): string => `${n.toLocaleString('en')} ${n === 1 ? one : many}`

/** `three groups`, for prose. */
export const spelledCount = (n: number, one: string, many = `${one}s`): string => `${spelled(n)} ${n === 1 ? one : many}`

/** The same text with a capital at its start. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}

/** The first of a list and how many more: `checkout-web and 2 more`. */
export const firstAndMore = (items: readonly string[]): string => (items.length > 1 ? `${items[0]} and ${items.length - 1} more` : (items[0] ?? ''))

/** A size in bytes: `812 B`, `3.4 MB`. */
export function bytes(n: number): string {
  if (n < 1000) return `${n} B`
  const units = ['kB', 'MB', 'GB', 'TB']
  let value = n
  let unit = -1
  do {
    value /= 1000
    unit += 1
  } while (value >= 999.5 && unit < units.length - 1)
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}

// How well words typed fit a text: for the palette and for filters. Pure.

/** The places of `query` in `text`, and how good the fit is; null where it does not fit. */
export interface Fit {
  /** Higher is better. */
  score: number
  /** Half-open ranges in `text`, in order, for marking. */
  ranges: [number, number][]
}

/** Every word of `query` must be found in `text`; the start of a word counts more than its middle. */
export function fit(query: string, text: string): Fit | null {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const low = text.toLowerCase()
  const ranges: [number, number][] = []
  let score = 0
  for (const word of words) {
    const at = best(low, word)
    if (at === null) return null
    ranges.push([at, at + word.length])
    const starts = startsWord(low, at)
    score += (starts ? 8 : 1) + (at === 0 ? 4 : 0) + (starts && !isWordChar(low[at + word.length]) ? 3 : 0)
  }
  return { score: score - text.length / 200, ranges: merged(ranges) }
}

function best(text: string, word: string): number | null {
  let first: number | null = null
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (startsWord(text, at)) return at
    first ??= at
  }
  return first
}

const isWordChar = (c: string | undefined) => c !== undefined && /[\p{L}\p{N}]/u.test(c)
const startsWord = (text: string, at: number) => !isWordChar(text[at - 1])

function merged(ranges: [number, number][]): [number, number][] {
  const out: [number, number][] = []
  for (const [from, to] of ranges.sort((a, b) => a[0] - b[0])) {
    const last = out.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else out.push([from, to])
  }
  return out
}

/** A text cut at the ranges, for marking: every second piece is a hit. */
export function pieces(text: string, ranges: readonly [number, number][]): { text: string; hit: boolean }[] {
  const out: { text: string; hit: boolean }[] = []
  let at = 0
  for (const [from, to] of ranges) {
    if (from > at) out.push({ text: text.slice(at, from), hit: false })
    out.push({ text: text.slice(from, to), hit: true })
    at = to
  }
  if (at < text.length) out.push({ text: text.slice(at), hit: false })
  return out
}

/** A search snippet, whose hits stand between U+E000 and U+E001, cut for marking. */
export function snippetPieces(snippet: string): { text: string; hit: boolean }[] {
  return snippet.split('\u{E000}').flatMap((part, i) => {
    if (i === 0) return part ? [{ text: part, hit: false }] : []
    const [hit = '', rest = ''] = part.split('\u{E001}')
    return [...(hit ? [{ text: hit, hit: true }] : []), ...(rest ? [{ text: rest, hit: false }] : [])]
  })
}

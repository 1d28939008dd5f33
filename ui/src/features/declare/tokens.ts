// What was recognised in a declare line, kept true while the person goes on typing and the next answer is on its way. Pure.

import type { TokenView } from '../../ipc'

/** A stretch of the line as it is drawn; together they are the line, character for character. */
export interface Stretch {
  text: string
  token: TokenView | null
}

/**
 * The tokens of `before`, moved to where they stand in `after`. A token that the edit touched is dropped: the next answer decides.
 */
export function carry(tokens: readonly TokenView[], before: string, after: string): TokenView[] {
  if (before === after) return [...tokens]
  const shorter = Math.min(before.length, after.length)
  let head = 0
  while (head < shorter && before[head] === after[head]) head++
  let tail = 0
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++
  const shift = after.length - before.length
  return tokens.flatMap((token) => {
    if (token.end < head || (token.end === head && endsAt(after, token.end))) return [token]
    const begins = token.start >= before.length - tail
    return begins && startsAt(after, token.start + shift) ? [{ ...token, start: token.start + shift, end: token.end + shift }] : []
  })
}

/** Cuts a line at its tokens. Tokens that do not fit the line are left out. */
export function stretches(line: string, tokens: readonly TokenView[]): Stretch[] {
  const found: Stretch[] = []
  let from = 0
  for (const token of [...tokens].sort((a, b) => a.start - b.start)) {
    if (token.start < from || token.end > line.length || token.end <= token.start) continue
    if (token.start > from) found.push({ text: line.slice(from, token.start), token: null })
    found.push({ text: line.slice(token.start, token.end), token })
    from = token.end
  }
  if (from < line.length) found.push({ text: line.slice(from), token: null })
  return found
}

/** A line is one line, whatever was pasted. */
export const oneLine = (text: string): string => text.replace(/[\r\n\u2028\u2029\t]+/g, ' ')

const endsAt = (line: string, at: number) => at >= line.length || /\s/.test(line[at]!)
const startsAt = (line: string, at: number) => at === 0 || /\s/.test(line[at - 1]!)

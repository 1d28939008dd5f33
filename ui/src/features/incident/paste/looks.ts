// Whether words look like a piece of a chat, a transcript or a log, so that they are better read line by line. Pure.

/** Fewer lines are a note. */
const LEAST = 4
/** Lines looked at: the shape of a paste shows in its first page. */
const LOOKED_AT = 60

const TIME = String.raw`\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[.,]\d{1,3})?\s?(?:[ap]\.?m\.?)?`
/** A time at the front, at the end behind a name, in brackets, or a cue of a transcript. */
const MARKS = [
  new RegExp(String.raw`^\s*\[?(?:\d{4}-\d{2}-\d{2}[t ])?${TIME}\]?(?:\s|$|z)`, 'i'),
  new RegExp(String.raw`^\s*\S.{0,60}?\s{1,4}\[?(?:\d{1,2}\/\d{1,2}(?:\/\d{2,4})?,?\s)?${TIME}\]?\s*$`, 'i'),
  new RegExp(String.raw`^\s*\[[^\]]{0,24}${TIME}[^\]]{0,4}\]`, 'i'),
  /^\s*(?:\d{2}:)?\d{2}:\d{2}\.\d{3}\s+-->/,
  /^\s*WEBVTT\b/,
  /^\s*"ts"\s*:\s*"\d{9,}\.\d+"/,
]

/** More than three lines, and every third one bears a time. */
export function looksLikeChat(text: string): boolean {
  const lines = text.split('\n', LOOKED_AT + 1).filter((line) => line.trim() !== '').slice(0, LOOKED_AT)
  if (lines.length < LEAST) return false
  const marked = lines.filter((line) => MARKS.some((mark) => mark.test(line))).length
  return marked >= 2 && marked * 4 >= lines.length
}

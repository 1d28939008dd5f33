// Which words of an entry are a person's own, and what stands in their place once they are taken out. Pure.

import type { EntryView } from '../../../ipc'

/** What stands for words that were taken out. */
export const MASK = '[redacted]'

/** The entry's own words, as they may be corrected or taken out; null where it has none. */
export function wordsOf(entry: Pick<EntryView, 'kind' | 'text' | 'data'>): string | null {
  const own = (key: string) => (typeof entry.data[key] === 'string' && entry.data[key] !== '' ? entry.data[key] : null)
  switch (entry.kind) {
    case 'note': return entry.text
    case 'declared': case 'title': case 'alerts': return own('title')
    case 'severity': return own('reason')
    case 'impact': return own('text')
    default: return null
  }
}

/** The words with one stretch taken out; masks that touch become one. */
export function maskStretch(text: string, start: number, end: number): string {
  if (end <= start) return text
  return `${text.slice(0, start)}${MASK}${text.slice(end)}`.replaceAll(new RegExp(`(?:\\[redacted\\]\\s*){2,}`, 'g'), `${MASK} `).trimEnd()
}

/** Whether anything was taken out, and only that. */
export const isMasked = (text: string, old: string): boolean => text.trim() !== '' && text.trim() !== old && text.includes(MASK)

import { describe, expect, it } from 'vitest'
import type { TokenView } from '../../ipc'
import { carry, oneLine, stretches } from './tokens'

const token = (line: string, text: string, kind = 'person'): TokenView => ({ start: line.indexOf(text), end: line.indexOf(text) + text.length, kind, value: text, new: false })
const cut = (line: string, tokens: readonly TokenView[]) => tokens.map((one) => line.slice(one.start, one.end))

describe('tokens while the person types on', () => {
  const line = 'sev1 checkout 502s @dana #payments'
  const tokens = [token(line, 'sev1', 'severity'), token(line, '@dana'), token(line, '#payments', 'service')]
  const after = (text: string) => cut(text, carry(tokens, line, text))

  it('stay where nothing changed', () => {
    expect(after(line)).toEqual(['sev1', '@dana', '#payments'])
    expect(after(`${line} and more`)).toEqual(['sev1', '@dana', '#payments'])
  })

  it('move with an edit before them', () => {
    expect(after('sev1 the checkout 502s @dana #payments')).toEqual(['sev1', '@dana', '#payments'])
    expect(after('sev1 502s @dana #payments')).toEqual(['sev1', '@dana', '#payments'])
  })

  it('are dropped once the edit reaches them', () => {
    expect(after('sev1 checkout 502s @dan #payments')).toEqual(['sev1', '#payments'])
    expect(after('sev12 checkout 502s @dana #payments')).toEqual(['@dana', '#payments'])
    expect(after('sev1 checkout 502s @dana #payments-api')).toEqual(['sev1', '@dana'])
    expect(after('xsev1 checkout 502s @dana #payments')).toEqual(['@dana', '#payments'])
    expect(after('')).toEqual([])
  })
})

describe('the drawn line', () => {
  it('is the line itself, cut at its tokens', () => {
    const line = '🔥 sev1 später @dana'
    const found = stretches(line, [token(line, '@dana'), token(line, 'sev1', 'severity')])
    expect(found.map((one) => one.text).join('')).toBe(line)
    expect(found.filter((one) => one.token).map((one) => one.text)).toEqual(['sev1', '@dana'])
  })

  it('leaves out what does not fit', () => {
    expect(stretches('short', [{ start: 2, end: 40, kind: 'person', value: 'x', new: false }])).toEqual([{ text: 'short', token: null }])
  })
})

it('a pasted text becomes one line', () => {
  expect(oneLine('sev1\r\ncheckout\tdown\u2028now')).toBe('sev1 checkout down now')
})

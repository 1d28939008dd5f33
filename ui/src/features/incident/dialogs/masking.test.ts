import { describe, expect, it } from 'vitest'
import { entry } from '../timeline/testing'
import { isMasked, maskStretch, wordsOf } from './masking'

describe('taking words out', () => {
  it('takes the chosen stretch, and leaves what explains', () => {
    const text = 'Sample order 4000 1234 0018 still failing'
    expect(maskStretch(text, 13, 27)).toBe('Sample order [redacted] still failing')
    expect(maskStretch(text, 5, 5)).toBe(text)
    expect(maskStretch('a [redacted] b', 13, 14)).toBe('a [redacted]')
  })

  it('knows whether anything was taken out', () => {
    expect(isMasked('order [redacted]', 'order 4000')).toBe(true)
    expect(isMasked('order 4000', 'order 4000')).toBe(false)
    expect(isMasked('an order', 'order 4000'), 'other words are a correction').toBe(false)
  })

  it('knows which words are a person’s own', () => {
    expect(wordsOf(entry(1, 0, { text: 'FRA is clean' }))).toBe('FRA is clean')
    expect(wordsOf(entry(1, 0, { kind: 'declared', text: 'Declared SEV1: x', data: { title: 'x' } }))).toBe('x')
    expect(wordsOf(entry(1, 0, { kind: 'severity', data: { severity: 'sev1', reason: null } }))).toBeNull()
    expect(wordsOf(entry(1, 0, { kind: 'status', data: { status: 'resolved' } }))).toBeNull()
  })
})

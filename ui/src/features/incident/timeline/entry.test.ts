import { describe, expect, it } from 'vitest'
import { faceOf, notePieces } from './entry'
import { entry, minute } from './testing'

const words = (...args: Parameters<typeof faceOf>) => faceOf(...args).pieces.map((piece) => (piece.as === 'bold' ? `*${piece.text}*` : piece.text)).join('')
const marks = (...args: Parameters<typeof faceOf>) => faceOf(...args).marks.map((mark) => mark.text)

describe('the words of an entry', () => {
  it('are the person’s own for a note, with output set apart', () => {
    expect(notePieces('Ran it:\n```\n$ kubectl get pods\nNAME\n```\nall fine')).toEqual([
      { text: 'Ran it:' }, { text: '$ kubectl get pods\nNAME', as: 'output' }, { text: 'all fine' },
    ])
    expect(notePieces('one ``` alone')).toEqual([{ text: 'one ``` alone' }])
  })

  it('name where a move came from, where that is known', () => {
    const move = entry(2, 6, { kind: 'status', text: 'Investigating', data: { status: 'investigating' } })
    expect(words(move, { status: 'triage', severity: null })).toBe('Status *Triage* to *Investigating*')
    expect(words(move)).toBe('Status *Investigating*')
  })

  it('give the reason of a severity', () => {
    const rated = entry(2, 9, { kind: 'severity', data: { severity: 'sev1', reason: '18% of EU checkouts fail' } })
    expect(words(rated, { status: null, severity: 'sev2' })).toBe('*Severity SEV2 to SEV1.* 18% of EU checkouts fail')
  })

  it('tell an impact once, share and services included', () => {
    expect(words(entry(1, 0, { kind: 'impact', data: { state: 'started', share: 18, services: ['payments'], text: null } }))).toBe('*Impact began.* 18% of customers, #payments')
    expect(words(entry(1, 0, { kind: 'impact', data: { state: 'updated', share: 18, services: [], text: '18% of EU checkouts fail' } }))).toBe('*Impact.* 18% of EU checkouts fail')
    expect(words(entry(1, 0, { kind: 'impact', data: { state: 'ended' } }))).toBe('*Impact ended*')
  })

  it('fall back to the record’s own sentence', () => {
    expect(words(entry(1, 0, { kind: 'command', text: '@dana commands' }))).toBe('*@dana* commands')
    expect(words(entry(1, 0, { kind: 'something-new', text: 'A later version wrote this' }))).toBe('A later version wrote this')
  })
})

describe('the marks of an entry', () => {
  it('say that it was said by one and written by another', () => {
    const said = entry(1, 13, { on_behalf_of: 'mei', means: 'voice' })
    expect(marks(said)).toEqual(['by voice 14:13, typed by @dana'])
    expect(faceOf(said).by).toBe('mei')
  })

  it('say that it was written down later than it happened', () => {
    expect(marks(entry(1, 0, { recorded_at: minute(50) }))).toEqual(['recorded 14:50'])
    expect(marks(entry(1, 0, { recorded_at: '2026-03-05T09:00:00.000Z' }))).toEqual(['recorded 2026-03-05 09:00'])
    expect(marks(entry(1, 0, { recorded_at: minute(0.5) })), 'typing takes a while').toEqual([])
    expect(marks(entry(1, 0, { machine: true, means: 'machine', recorded_at: minute(3) })), 'signals travel').toEqual([])
  })

  it('never hide an edit', () => {
    expect(marks(entry(1, 0, { was_text: 'fell to 0.04%' }))).toEqual(['edited, was “fell to 0.04%”'])
    expect(marks(entry(1, 7, { was_at: minute(2), recorded_at: minute(7) }))).toEqual(['time edited, was 14:02'])
  })

  it('say who took words out and why, and keep the words out', () => {
    const face = faceOf(entry(1, 0, { text: 'Order [redacted] fails', was_text: 'must not show', redacted: { by: 'dana', at: minute(44), reason: 'card number' } }))
    expect(face.pieces).toEqual([{ text: 'Order ' }, { text: 'redacted', as: 'redacted' }, { text: ' fails' }])
    expect(face.marks.map((mark) => mark.text)).toEqual(['redacted by @dana 14:44: card number, original hash kept'])
  })

  it('name the door of a declaration', () => {
    expect(marks(entry(1, 0, { kind: 'declared', via: 'hotkey' }))).toEqual(['hotkey'])
  })
})

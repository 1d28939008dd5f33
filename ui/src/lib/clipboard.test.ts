import { afterEach, expect, test, vi } from 'vitest'
import { copy, copyComing, copyRich } from './clipboard'

class Item {
  readonly parts: Record<string, Promise<Blob> | Blob>
  constructor(parts: Record<string, Promise<Blob> | Blob>) {
    this.parts = parts
  }
}

const words = async (item: Item, type: string) => {
  const blob = await item.parts[type]
  return blob ? new Promise<string>((resolve) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.readAsText(blob)
  }) : undefined
}

/** A clipboard that takes what `takes` says; what it took last is in `item` and `text`. */
function clipboard(takes: { items: boolean; text: boolean }) {
  const taken: { item: Item | null; text: string | null } = { item: null, text: null }
  vi.stubGlobal('ClipboardItem', Item)
  vi.stubGlobal('navigator', {
    clipboard: {
      write: async ([item]: Item[]) => {
        if (!takes.items) throw new Error('not allowed')
        for (const part of Object.values(item!.parts)) await part
        taken.item = item!
      },
      writeText: async (text: string) => {
        if (!takes.text) throw new Error('not allowed')
        taken.text = text
      },
    },
  })
  return taken
}

afterEach(() => {
  vi.unstubAllGlobals()
  Reflect.deleteProperty(document, 'execCommand')
})

test('rich text goes with its plain twin', async () => {
  const taken = clipboard({ items: true, text: true })
  expect(await copyRich({ text: 'We believe', html: '<b>We believe</b>' })).toBe('rich')
  expect(await words(taken.item!, 'text/html')).toBe('<b>We believe</b>')
  expect(await words(taken.item!, 'text/plain')).toBe('We believe')
})

test('where no formatting is taken, the words are, and it is said', async () => {
  const taken = clipboard({ items: false, text: true })
  expect(await copyRich({ text: 'We believe', html: '<b>We believe</b>' })).toBe('plain')
  expect(taken.text).toBe('We believe')
})

test('the copy event takes formatting where items are refused', async () => {
  clipboard({ items: false, text: false })
  const data = new Map<string, string>()
  document.execCommand = () => {
    const event = Object.assign(new Event('copy', { cancelable: true, bubbles: true }), { clipboardData: { setData: (type: string, value: string) => data.set(type, value) } })
    document.activeElement!.dispatchEvent(event)
    return true
  }
  expect(await copyRich({ text: 'words', html: '<i>words</i>' })).toBe('rich')
  expect([...data]).toEqual([['text/plain', 'words'], ['text/html', '<i>words</i>']])
  expect(document.querySelector('textarea'), 'nothing is left behind').toBeNull()
})

test('what is still coming is put on the clipboard in the key press itself', async () => {
  const taken = clipboard({ items: true, text: true })
  let come = (_: { text: string }) => {}
  const write = vi.spyOn(navigator.clipboard, 'write')
  const done = copyComing(new Promise((resolve) => (come = resolve)), false)
  expect(write, 'at once').toHaveBeenCalledOnce()
  come({ text: 'the board' })
  expect(await done).toBe('plain')
  expect(await words(taken.item!, 'text/plain')).toBe('the board')
  expect(taken.item!.parts['text/html'], 'no formatting was asked for').toBeUndefined()
})

test('rich text that never had formatting keeps its lines and its signs', async () => {
  const taken = clipboard({ items: true, text: true })
  expect(await copyComing(Promise.resolve({ text: 'a < b\nc & d' }), true)).toBe('plain')
  expect(await words(taken.item!, 'text/html')).toBe('<p>a &lt; b<br>c &amp; d</p>')
})

test('what could not be fetched is not copied', async () => {
  const taken = clipboard({ items: true, text: true })
  await expect(copyComing(Promise.reject(new Error('gone')), false)).rejects.toThrow('gone')
  expect(taken).toEqual({ item: null, text: null })
})

test('without any clipboard the selection is copied, or it is said that nothing was', async () => {
  clipboard({ items: false, text: false })
  document.execCommand = () => true
  expect(await copy('x')).toBe(true)
  document.execCommand = () => false
  expect(await copy('x')).toBe(false)
  expect(await copyRich({ text: 'x' })).toBeNull()
})

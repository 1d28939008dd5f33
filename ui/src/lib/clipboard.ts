// Copying, also where the web view's clipboard is not at hand.

/** Words, and where there is one their twin as rich text. */
export interface Copied {
  text: string
  html?: string | null
}

/** What the system took: with the formatting, the words alone, or nothing. */
export type Taken = 'rich' | 'plain' | null

/** Copies; false where the system did not take it. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyBySelection(text)
  }
}

/** Copies words with their formatting; where the system takes no formatting, the words alone. */
export async function copyRich({ text, html }: Copied): Promise<Taken> {
  if (html) {
    if (await writeItem(Promise.resolve({ text, html }), true)) return 'rich'
    if (copyByEvent({ text, html })) return 'rich'
  }
  return (await copy(text)) ? 'plain' : null
}

/**
 * Copies what is still being fetched. Call it in the key press itself: a web view hands its clipboard to a press, not to
 * what comes after one, so the item is put there at once and filled when the words come. Rejects as `coming` does.
 */
export async function copyComing(coming: Promise<Copied>, rich: boolean): Promise<Taken> {
  const written = writeItem(coming, rich)
  const { text, html } = await coming
  if (await written) return rich && html ? 'rich' : 'plain'
  return copyRich({ text, html: rich ? (html ?? null) : null })
}

async function writeItem(coming: Promise<Copied>, rich: boolean): Promise<boolean> {
  if (typeof ClipboardItem === 'undefined' || !navigator.clipboard?.write) return false
  const part = (type: string, of: (copied: Copied) => string) => {
    const blob = coming.then((copied) => new Blob([of(copied)], { type }))
    // Whoever asked hears of the failure; here it only means that nothing is copied.
    blob.catch(() => {})
    return blob
  }
  const plain = { 'text/plain': part('text/plain', (copied) => copied.text) }
  try {
    await navigator.clipboard.write([new ClipboardItem(rich ? { ...plain, 'text/html': part('text/html', (copied) => copied.html ?? asHtml(copied.text)) } : plain)])
    return true
  } catch {
    return false
  }
}

/** Words without formatting, so that a rich paste of them still has its lines. */
const asHtml = (text: string) => `<p>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br>')}</p>`

/** The old way, by the copy event: it takes formatting too. */
function copyByEvent({ text, html }: { text: string; html: string }): boolean {
  let filled = false
  const fill = (event: ClipboardEvent) => {
    event.preventDefault()
    event.clipboardData?.setData('text/plain', text)
    event.clipboardData?.setData('text/html', html)
    filled = event.clipboardData !== null
  }
  document.addEventListener('copy', fill, { once: true, capture: true })
  try {
    return copyBySelection(text) && filled
  } finally {
    document.removeEventListener('copy', fill, { capture: true })
  }
}

function copyBySelection(text: string): boolean {
  const before = document.activeElement
  const field = document.createElement('textarea')
  field.value = text
  field.className = 'sr'
  document.body.append(field)
  field.select()
  try {
    return document.execCommand('copy')
  } catch {
    return false
  } finally {
    field.remove()
    if (before instanceof HTMLElement) before.focus()
  }
}

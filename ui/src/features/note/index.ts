// Writing the record without the room: the note window over any application, and the scribe strip beside it.

export { default as NoteWindow } from './NoteWindow.svelte'
export { default as ScribeStrip } from './ScribeStrip.svelte'

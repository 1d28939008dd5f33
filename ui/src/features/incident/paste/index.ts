// Paste in: what was said elsewhere becomes the record, and its times can be moved together.

export { looksLikeChat } from './looks'
export { default as PasteDialog } from './PasteDialog.svelte'
export { default as ShiftDialog } from './ShiftDialog.svelte'

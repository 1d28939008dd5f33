// Declaring: the small window, and the same as a dialog.

export { default as DeclareDialog } from './DeclareDialog.svelte'
export { default as DeclareWindow } from './DeclareWindow.svelte'

// Copy out: every text that leaves the app by a person's hand.

export { default as CopyDialog } from './CopyDialog.svelte'
export { default as CopyKeys } from './CopyKeys.svelte'
export { copyOut, lastCopy } from './copyout.svelte'
export { type Wanted, wantedAt } from './wanted'

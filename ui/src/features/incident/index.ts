// The room of one incident, and the line that writes its record, which small windows hold too.

export type { Change } from './composer/calls'
export { default as Chips } from './composer/Chips.svelte'
export { default as CommandList } from './composer/CommandList.svelte'
export { ALPHABET, type Mode } from './composer/commands'
export { Composer } from './composer/composer.svelte'
export { loreOf } from './composer/lore'
export { saysLine } from './composer/meaning'
export { default as NotSaved } from './composer/NotSaved.svelte'
export { default as IncidentRoom } from './IncidentRoom.svelte'
export { inOrder } from './order'
export { refusal } from './words'

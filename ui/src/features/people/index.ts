// The people book: who can be asked, for what, when, and by which road.
export { default as Code } from './Code.svelte'
export { shiftOf } from './people'
export { default as People } from './People.svelte'

// The people book: who can be asked, for what, when, and by which road.
export { default as People } from './People.svelte'

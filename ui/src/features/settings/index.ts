// Everything that can be set, and whether a call would reach a person.
export { default as Settings } from './Settings.svelte'

// The home that does not open, and the ways out.
export { default as Rescue } from './Rescue.svelte'
export { type RescueOperations, rescueFor } from './rescue'

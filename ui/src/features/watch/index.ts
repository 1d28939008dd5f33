// Watch: what needs a person now.
export { type Need, needs } from './sentence'
export { default as Watch } from './Watch.svelte'

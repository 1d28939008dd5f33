// Watch: what needs a person now.
export { earsWords, heardSince } from './ears'
export { type Need, needs } from './sentence'
export { default as Watch } from './Watch.svelte'

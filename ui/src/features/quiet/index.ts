// What is quiet and why: one list, one answer, one switch for a storm.
export { default as Quiet } from './Quiet.svelte'
export { default as QuietAdd } from './QuietAdd.svelte'
export { setStorm } from './storm'
export { default as Why } from './Why.svelte'
export { default as WhyDialog } from './WhyDialog.svelte'
export { ownerWords, reasonWords, stormIn, untilWords } from './words'

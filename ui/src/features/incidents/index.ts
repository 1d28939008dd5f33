// All incidents, open and past.
export { default as IncidentList } from './IncidentList.svelte'

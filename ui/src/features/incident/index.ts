// The room of one incident.

export { default as IncidentRoom } from './IncidentRoom.svelte'

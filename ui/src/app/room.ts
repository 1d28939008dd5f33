// The room, loaded when first shown. Apart from the small windows, which hold its line and have no use for the rest.
export { IncidentRoom } from '../features/incident'

// What people report, typed by whoever heard it.
export { default as ReportDialog } from './ReportDialog.svelte'

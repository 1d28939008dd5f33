// Declare over the main window, loaded when first needed. Apart from the small window, which has no use for a dialog.
export { DeclareDialog } from '../features/declare'

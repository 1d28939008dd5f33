// What is quiet, loaded when first shown. Apart from Watch, which says why and has no use for the list.
export { Quiet } from '../features/quiet'

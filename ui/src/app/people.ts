// The people book, loaded when first shown. Apart from Watch, which shows a number and has no use for the book.
export { People } from '../features/people'

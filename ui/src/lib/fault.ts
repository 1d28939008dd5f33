// The shape of an error as every part of the window shows it.

/** What happened, what to do, and which field is at fault. */
export interface Fault {
  code: string
  message: string
  hint: string | null
  field: string | null
}

// The shapes in which words leave, and which one this machine used last. Pure but for what the machine remembers.

export type Form = 'chat' | 'slack' | 'teams' | 'sms' | 'speech' | 'mail' | 'wiki'

interface Shape {
  form: Form
  label: string
  /** Behind "Copied the board". */
  purpose: string
  /** Goes with its formatting where the system takes it. */
  rich: boolean
}

/** In the order of the picker. */
export const FORMS: readonly Shape[] = [
  { form: 'chat', label: 'Chat', purpose: 'for chat', rich: false },
  { form: 'slack', label: 'Slack', purpose: 'for Slack', rich: false },
  { form: 'teams', label: 'Teams', purpose: 'for Teams', rich: false },
  { form: 'sms', label: 'SMS', purpose: 'as a text message', rich: false },
  { form: 'speech', label: 'Read aloud', purpose: 'to read aloud', rich: false },
  { form: 'mail', label: 'Mail', purpose: 'for mail', rich: true },
  { form: 'wiki', label: 'Wiki', purpose: 'as rich text', rich: true },
]

export const shapeOf = (form: Form): Shape => FORMS.find((one) => one.form === form)!

const KEY = 'muster.copy.form'
let inMemory: Form = 'chat'

/** The form used last on this machine; plain chat at first. */
export function lastForm(): Form {
  try {
    const kept = localStorage.getItem(KEY)
    return FORMS.find((one) => one.form === kept)?.form ?? inMemory
  } catch {
    return inMemory
  }
}

export function keepForm(form: Form) {
  inMemory = form
  try {
    localStorage.setItem(KEY, form)
  } catch {
    // A machine that refuses storage remembers until the window closes.
  }
}

// Whether this window came back by itself after a crash. Said once.

const CRASHED = 'muster.recovered'

/** True once, after the shell reloaded a crashed view (`?recovered=1`) or the view marked itself. */
export function recovered(): boolean {
  const asked = new URL(location.href)
  let marked = false
  try {
    marked = sessionStorage.getItem(CRASHED) === '1'
    sessionStorage.removeItem(CRASHED)
  } catch {
    // Without storage the address alone says it.
  }
  const said = asked.searchParams.get('recovered') === '1'
  if (said) {
    asked.searchParams.delete('recovered')
    history.replaceState(null, '', asked)
  }
  return said || marked
}

/** Loads the window anew and has it say so. */
export function reload() {
  try {
    sessionStorage.setItem(CRASHED, '1')
  } catch {
    // It reloads without a word.
  }
  location.reload()
}

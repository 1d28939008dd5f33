// How far a person has looked at an incident on this machine. Nothing else needs it, so it is not on the record.

const PREFIX = 'muster.looked.'

/** The last entry that was on screen; null before the first visit. */
export function lookedAt(incident: string): number | null {
  try {
    const kept = localStorage.getItem(PREFIX + incident)
    return kept === null ? null : Number(kept)
  } catch {
    return null
  }
}

/** Remembers that everything up to `seq` was on screen. */
export function look(incident: string, seq: number) {
  try {
    localStorage.setItem(PREFIX + incident, String(seq))
  } catch {
    // A machine that keeps nothing shows nothing as new.
  }
}

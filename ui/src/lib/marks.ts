// Notes on the platform's own performance timeline that something is on screen; the bench reads it, nobody else.

/** Marks `name` once the frame that shows it has been painted. */
export function onceShown(name: 'watch-shown' | 'room-shown'): void {
  requestAnimationFrame(() => requestAnimationFrame(() => performance.mark(name)))
}

// Nothing moves under the focus: a list keeps its order while a person is in it. Pure.

/** `next` in the order of `shown`; what is new comes last, what is gone is left out. */
export function steady<T>(shown: readonly string[], next: readonly T[], id: (item: T) => string): T[] {
  const byId = new Map(next.map((item) => [id(item), item]))
  const kept = shown.flatMap((name) => {
    const item = byId.get(name)
    byId.delete(name)
    return item === undefined ? [] : [item]
  })
  return [...kept, ...byId.values()]
}

/** Where the focus goes when its row is gone: the row that took its place, else the one above. */
export function heir(before: readonly string[], after: readonly string[], gone: string): string | null {
  const at = before.indexOf(gone)
  const rest = new Set(after)
  return before.slice(at + 1).find((name) => rest.has(name)) ?? before.slice(0, Math.max(0, at)).reverse().find((name) => rest.has(name)) ?? after[0] ?? null
}

// Where the focus goes when its row is gone. Pure.

/** The row that took the place of `gone`, else the one above. */
export function heir(before: readonly string[], after: readonly string[], gone: string): string | null {
  const at = before.indexOf(gone)
  const rest = new Set(after)
  return before.slice(at + 1).find((name) => rest.has(name)) ?? before.slice(0, Math.max(0, at)).reverse().find((name) => rest.has(name)) ?? after[0] ?? null
}

// A row of the rail by keys: Tab reaches it, arrows go on, Enter opens what it is about. Y is the window's: `data-copy` says what a row copies.

/** Makes an element such a row. */
export function railRow(enter: () => void) {
  return (node: HTMLElement) => {
    node.tabIndex = 0
    node.dataset['railRow'] = ''
    const press = (event: KeyboardEvent) => {
      if (event.target !== node || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
      if (event.key === 'Enter') enter()
      else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') step(node, event.key === 'ArrowDown' ? 1 : -1)
      else return
      event.preventDefault()
      event.stopPropagation()
    }
    node.addEventListener('keydown', press)
    return () => node.removeEventListener('keydown', press)
  }
}

function step(node: HTMLElement, by: 1 | -1) {
  const rows = [...(node.closest('aside') ?? document).querySelectorAll<HTMLElement>('[data-rail-row]')].filter((one) => !one.closest('[hidden]'))
  const next = rows[rows.indexOf(node) + by]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}

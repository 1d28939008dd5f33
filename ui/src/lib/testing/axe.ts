// What axe finds in a piece of the page, as words. Colour is judged in the real window: jsdom paints nothing.

import axe from 'axe-core'

/** Violations as `rule: target`, empty where all is well. `region` is for whole pages only. */
export async function violations(element: Element): Promise<string[]> {
  const found = await axe.run(element, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } })
  return found.violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`))
}

// Milliseconds from Enter to the second frame after an entry with these words is in the timeline.
const words = arguments[0]
globalThis.benchPainted = new Promise((resolve) => {
  let pressed = null
  const enter = (event) => {
    if (event.key === 'Enter') pressed ??= performance.now()
  }
  addEventListener('keydown', enter, true)
  const watcher = new MutationObserver((changes) => {
    const added = changes.flatMap((change) => [...change.addedNodes])
    if (pressed === null || !added.some((node) => node.textContent.includes(words))) return
    watcher.disconnect()
    removeEventListener('keydown', enter, true)
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - pressed)))
  })
  watcher.observe(document.getElementById('timeline-panel'), { childList: true, subtree: true })
})

// For each letter that reaches the line: milliseconds from the key to the second frame after the letter is in the field
// (`echo`), or to the moment all that follows from it is laid out (`work`). Both would disturb each other.
const wanted = arguments[0]
const times = []
let pressed = null
const key = (event) => {
  if (event.key.length === 1) pressed = performance.now()
}
const input = () => {
  if (pressed === null) return
  const began = pressed
  pressed = null
  if (wanted === 'work') {
    void document.body.offsetHeight
    times.push(performance.now() - began)
  } else requestAnimationFrame(() => requestAnimationFrame(() => times.push(performance.now() - began)))
}
addEventListener('keydown', key, true)
addEventListener('input', input)
globalThis.benchKeys = () => {
  removeEventListener('keydown', key, true)
  removeEventListener('input', input)
  return times
}

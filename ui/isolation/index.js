// Stands between the pages and the shell. It looks at the shape of a message only and knows no rights: those are decided in Rust.

;(() => {
  'use strict'

  /** What a page may call: ours, and the few calls that Tauri's own scripts make for dragging, zoom and long pushes. */
  const COMMANDS = new Set(['rpc', 'subscribe', 'plugin:window|start_dragging', 'plugin:webview|set_webview_zoom', 'plugin:__TAURI_CHANNEL__|fetch'])
  /** Longest message, in characters: 4 MiB of pasted text fit even where every second sign is escaped; a runaway page does not. */
  const LIMIT = 9 * 1024 * 1024

  const plain = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)

  function fault({ op, params }) {
    if (typeof op !== 'string' || !plain(params)) return 'The window sent something that is no operation.'
    return JSON.stringify(params).length > LIMIT ? 'The text is too long for one message.' : null
  }

  window.__TAURI_ISOLATION_HOOK__ = (message) => {
    if (!plain(message) || !COMMANDS.has(message.cmd)) throw new TypeError('This page called something that Muster does not know.')
    if (message.cmd !== 'rpc') return message
    // A call that was thrown away here would never be answered: the shell is told, and answers with the reason.
    const why = plain(message.payload) ? fault(message.payload) : 'The window sent something that is no operation.'
    return why ? { ...message, payload: { op: 'refused', params: { why } } } : message
  }

  // Tauri's script beside this one looks for the hook every 50 ms and only then lets the window's first call through. The
  // window is told as soon as that script listens; should it ever listen in another way, its own word still comes.
  const { addEventListener } = window
  window.addEventListener = (type, listener, options) => {
    addEventListener.call(window, type, listener, options)
    if (type !== 'message') return
    window.addEventListener = addEventListener
    window.parent.postMessage('__TAURI_ISOLATION_READY__', '*')
  }
})()

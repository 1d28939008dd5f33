// The shell behind the window. The only file that knows Tauri.

import { Channel, invoke } from '@tauri-apps/api/core'
import type { Backend } from './backend'
import type { Pushed } from './bindings.gen'

export const tauri: Backend = {
  rpc: (op, params) => invoke('rpc', { op, params }),
  async subscribe(since, pushed) {
    const channel = new Channel<Pushed>()
    let live = true
    channel.onmessage = (push) => {
      if (live) pushed(push)
    }
    await invoke('subscribe', { since, channel })
    return () => {
      live = false
    }
  },
}

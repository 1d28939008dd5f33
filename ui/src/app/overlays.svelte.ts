// What lies over the window, one at a time: palette, help, declare, a report. Each is loaded when first needed, and stays, so that it can
// give the focus back to where it was.

import type { Component } from 'svelte'
import type { GroupView } from '../ipc'
import { type Action, actions } from '../lib/actions.svelte'

type Over = 'palette' | 'help' | 'declare' | 'report'

class Overlays {
  open = $state<Over | null>(null)
  /** The actions that could be done when the palette or help was opened. */
  list = $state.raw<Action[]>([])
  Palette = $state.raw<Component<{ open: boolean; list: Action[] }> | null>(null)
  Help = $state.raw<Component<{ open: boolean; list: Action[] }> | null>(null)

  Declare = $state.raw<typeof import('./declare-dialog').DeclareDialog | null>(null)
  /** What it is declared from. */
  from = $state.raw<readonly GroupView[]>([])

  Report = $state.raw<typeof import('../features/report').ReportDialog | null>(null)

  async palette() {
    this.list = actions.available
    this.Palette ??= (await import('./Palette.svelte')).default
    this.open = 'palette'
  }

  async help() {
    this.list = actions.all
    this.Help ??= (await import('./HelpSheet.svelte')).default
    this.open = 'help'
  }

  /** Declares; from groups of alerts, or from nothing. */
  async declare(from: readonly GroupView[] = []) {
    this.Declare ??= (await import('./declare-dialog')).DeclareDialog
    this.from = from
    this.open = 'declare'
  }

  /** Takes down what somebody reports by voice, chat or phone. */
  async report() {
    this.Report ??= (await import('../features/report')).ReportDialog
    this.open = 'report'
  }

  close(which: Over) {
    if (this.open === which) this.open = null
  }
}

/** The window's overlays. */
export const overlays = new Overlays()

// The one fake back end: a home in memory for plain browsers and tests. It decides, refuses and pushes as the real one does.

import type { Backend } from './backend'
import { IpcError } from './error'
import { alerts } from './memory/alerts'
import { copyout } from './memory/copyout'
import { home } from './memory/home'
import { incidents } from './memory/incidents'
import { paste } from './memory/paste'
import { people } from './memory/people'
import { seed } from './memory/seed'
import { settings } from './memory/settings'
import { sources } from './memory/sources'
import { inbox } from './memory/triage/inbox'
import { quiet } from './memory/triage/quiet'
import { rules } from './memory/triage/rules'
import { services } from './memory/triage/services'
import { told } from './memory/triage/told'
import { World } from './memory/world'

const READS = /^(home|watch|search|settings|reach|hotkey|verify|doctor|declare\.preview|paste\.preview|brief|noise|alert\.inbox|alert\.why|rule\.dry_run|.*\.(list|show|timeline|refusals|code|cards))$/
const handlers = { ...home, ...settings, ...people, ...incidents, ...copyout, ...paste, ...alerts, ...sources, ...inbox, ...quiet, ...rules, ...services, ...told } as Record<string, (world: World, params: unknown) => unknown>

/** A back end over a world; `delay` holds every answer back, in milliseconds. */
export function over(world: World, delay = 0): Backend {
  return {
    async rpc(op, params) {
      if (delay) await new Promise((resolve) => setTimeout(resolve, delay))
      if (op.startsWith('rescue.')) return rescue(world, op, params)
      if (world.broken && op !== 'home') throw world.broken
      const handler = handlers[op]
      if (!handler) throw new IpcError({ code: 'invalid_request', message: `There is no operation ${op}.` })
      if (!READS.test(op) && !op.startsWith('window.') && op !== 'reach.ring') world.writable()
      return handler(world, structuredClone(params)) ?? {}
    },
    subscribe: async (since, pushed) => world.listen(since, pushed),
  }
}

function rescue(world: World, op: string, params: object): unknown {
  if (op === 'rescue.backups') return world.backups
  if (op === 'rescue.export') return { path: `${world.path}-export.jsonl`, events: 1187, unreadable: 17 }
  if (op !== 'rescue.retry' || world.broken?.code !== 'newer_home') world.broken = null
  else throw world.broken
  const moved = [`${world.path}/muster.db.damaged`]
  if (op === 'rescue.restore') return { from: (params as { path?: string }).path ?? world.backups[0]!.path, events: 1190, held: 0, moved }
  return op === 'rescue.rebuild' ? { events: 1187, lost: 17, held: 0, moved } : {}
}

const asked = () => new URLSearchParams(typeof location === 'undefined' ? '' : location.search)

function ofThisPage(): Backend {
  const world = seed(asked().get('world') ?? 'busy')
  world.machine.theme = asked().get('theme') ?? world.machine.theme
  return over(world, Number(asked().get('delay') ?? 0))
}

/** The home of this page: `?world=busy|quiet|deaf|empty|demo|full|corrupt|newer|locked|wayland|storm|asleep|cutoff|silent`, `?theme=light`, `?delay=400`. */
export const memory: Backend = ofThisPage()

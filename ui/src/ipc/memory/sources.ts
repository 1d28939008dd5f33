// The door of the fake home, as it looks from outside.

import type { ListenerView } from '../bindings.gen'
import type { Source, World } from './world'

export const sourceView = ({ token: _, ...source }: Source) => ({ ...source })
export const listener = (world: World): ListenerView => ({ enabled: world.machine.listener_enabled, listening: world.machine.listener_enabled ? world.machine.listener_address : null, error: null })

// "I know": the storm under way is held, counted, and breaks through where it becomes something new. One switch.

import { call, IpcError, undo } from '../../ipc'

/** Minutes a storm is held; it ends by itself. */
export const STORM_MINUTES = 30

/** Holds the storm, or ends that. Says what was done; resolves to why it was not. */
export async function setStorm(on: boolean): Promise<IpcError | null> {
  try {
    const receipt = await call('storm.set', on ? { on, minutes: STORM_MINUTES } : { on })
    undo.said(on ? `The storm is held for ${STORM_MINUTES} min. New services, worse alerts and ends still sound` : 'The storm is no longer held', receipt)
    return null
  } catch (thrown) {
    return IpcError.from(thrown)
  }
}

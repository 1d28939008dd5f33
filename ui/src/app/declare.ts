// The small declare window: made once, kept warm, shown over whatever is in front.

import './styles'
import './theme.svelte'
import { type Component, mount } from 'svelte'
import { clock } from '../lib/clock.svelte'

const windows = import.meta.glob('../features/declare/index.ts') as Record<string, () => Promise<{ DeclareWindow: Component }>>
clock.start()
const found = await windows['../features/declare/index.ts']?.()
if (found) mount(found.DeclareWindow, { target: document.getElementById('app')! })

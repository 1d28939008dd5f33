// The scribe strip: narrow, always on top, open until it is closed.

import './styles'
import '../lib/theme.svelte'
import { mount } from 'svelte'
import { ScribeStrip } from '../features/note'
import { clock } from '../lib/clock.svelte'

clock.start()
mount(ScribeStrip, { target: document.getElementById('app')! })

// The small declare window: made once, kept warm, shown over whatever is in front.

import './styles'
import '../lib/theme.svelte'
import { mount } from 'svelte'
import { DeclareWindow } from '../features/declare'
import { clock } from '../lib/clock.svelte'

clock.start()
mount(DeclareWindow, { target: document.getElementById('app')! })

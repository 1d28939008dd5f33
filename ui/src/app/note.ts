// The small note window: made once, kept warm, shown over whatever is in front.

import './styles'
import '../lib/theme.svelte'
import { mount } from 'svelte'
import { NoteWindow } from '../features/note'
import { clock } from '../lib/clock.svelte'

clock.start()
mount(NoteWindow, { target: document.getElementById('app')! })

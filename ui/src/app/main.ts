// The main window.

import './styles'
import '../lib/theme.svelte'
import { mount } from 'svelte'
import App from './App.svelte'
import { recovered } from './recovered'

mount(App, { target: document.getElementById('app')!, props: { recovered: recovered() } })

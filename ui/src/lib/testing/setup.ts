// What jsdom lacks and components expect.
import '@testing-library/jest-dom/vitest'
import { configure } from '@testing-library/svelte'
import { afterEach, vi } from 'vitest'

// A screen is loaded when first shown; on a busy machine that takes longer than the default second. Nothing waits when it need not.
configure({ asyncUtilTimeout: 10_000 })

class NoObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
  takeRecords() {
    return []
  }
}

vi.stubGlobal('ResizeObserver', NoObserver)
vi.stubGlobal('IntersectionObserver', NoObserver)
window.matchMedia ??= ((media: string) => ({
  media, matches: false, onchange: null,
  addEventListener() {}, removeEventListener() {}, addListener() {}, removeListener() {}, dispatchEvent: () => false,
})) as typeof window.matchMedia
// axe measures letters on a canvas, which jsdom does not draw.
HTMLCanvasElement.prototype.getContext = (() => null) as never
Element.prototype.scrollIntoView ??= () => {}
Element.prototype.scrollTo ??= () => {}
Element.prototype.animate ??= (() => ({ finished: Promise.resolve(), cancel() {}, addEventListener() {} })) as never

afterEach(() => localStorage.clear())

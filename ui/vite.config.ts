import { svelte } from '@sveltejs/vite-plugin-svelte'
import { svelteTesting } from '@testing-library/svelte/vite'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The policy the desktop shell sends; the preview sends it too, so that a breach shows before it ships. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
  "connect-src ipc: http://ipc.localhost; base-uri 'none'; form-action 'none'; object-src 'none'"

export default defineConfig(({ mode, command }) => {
  // The fake back end is for a plain browser (dev, preview, tests); the product is built without it.
  const withMemory = command === 'serve' || mode === 'preview' || mode === 'test'
  return {
    plugins: [svelte(), svelteTesting()],
    define: { __WITH_MEMORY__: JSON.stringify(withMemory) },
    clearScreen: false,
    server: { host: '127.0.0.1', port: 1420, strictPort: true },
    preview: { host: '127.0.0.1', headers: { 'Content-Security-Policy': POLICY } },
    build: {
      target: 'es2022',
      outDir: mode === 'preview' ? 'node_modules/.preview' : 'dist',
      emptyOutDir: true,
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: { main: here('./index.html'), declare: here('./declare.html'), note: here('./note.html'), strip: here('./strip.html') },
        // An index only re-exports: without this, whoever takes a button from the kit would also load its dialogs.
        treeshake: { moduleSideEffects: (id) => !/\/src\/(kit|ipc|features\/\w+)\/index\.ts$/.test(id) },
      },
    },
    test: {
      environment: 'jsdom',
      include: ['src/**/*.test.ts'],
      setupFiles: ['src/lib/testing/setup.ts'],
      restoreMocks: true,
      testTimeout: 30_000,
      env: { TZ: 'Europe/Berlin' },
    },
  }
})

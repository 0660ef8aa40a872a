import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** The playground alone: its editor weighs many times what all pages do, so it is built apart from them. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  configFile: false,
  base: '/playground/',
  publicDir: false,
  cacheDir: fileURLToPath(new URL('../../node_modules/.vite-playground', import.meta.url)),
  logLevel: 'error',
  esbuild: { jsx: 'automatic' },
  worker: { format: 'es' },
  build: {
    outDir: fileURLToPath(new URL('../../dist/playground', import.meta.url)),
    emptyOutDir: true,
    sourcemap: false,
    // The policy of the page allows no script or worker out of data.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The editor is one large module graph; measuring its compressed size costs seconds.
    reportCompressedSize: false,
    chunkSizeWarningLimit: 10_000,
  },
});

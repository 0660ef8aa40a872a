import { vitePlugin as remix } from '@remix-run/dev';
import { defineConfig } from 'vite';

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true;
  }
}

export default defineConfig({
  publicDir: 'web/public',
  plugins: [
    remix({
      appDirectory: 'web/app',
      buildDirectory: 'web/build',
      ignoredRouteFiles: ['**/*.test.*'],
      future: {
        v3_fetcherPersist: true,
        v3_relativeSplatPath: true,
        v3_throwAbortReason: true,
        v3_singleFetch: true,
        // A manifest of nine routes is smaller than the requests that would discover them link by link.
        v3_lazyRouteDiscovery: false,
        v3_routeConfig: true,
      },
    }),
  ],
  build: {
    sourcemap: false,
    // Pages need `light-dark()`, and whoever has that has all of this.
    target: 'es2022',
    assetsInlineLimit: 0,
    // 4 kB less of what every page loads than by esbuild.
    minify: 'terser',
    terserOptions: { module: true, ecma: 2020, compress: { passes: 2 } },
    // Components of next to nothing travel together rather than in a request each.
    rollupOptions: { output: { experimentalMinChunkSize: 400 } },
  },
});

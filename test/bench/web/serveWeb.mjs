/** The pages as `computescan web` serves them, in a process of their own, which asks the API over HTTP. */
import { findBuildDir } from '../../../dist/web/server/config.js';
import { startWeb } from '../../../dist/web/server/main.js';
import { serveSubject } from '../api/serveSubject.mjs';

await serveSubject(async ({ apiUrl }) => {
  const web = await startWeb({ host: '127.0.0.1', port: 0, apiUrl, buildDir: findBuildDir() });
  return { port: Number(new URL(web.url).port), close: () => web.stop() };
});

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';

/**
 * Serves the built files from memory, half a megabyte in all, each compressed when it is first asked for. What is not in the folder
 * has no route, so no path can lead out of it.
 */
export async function serveAssets(app: FastifyInstance, clientDir: string): Promise<void> {
  for (const name of await listFiles(clientDir)) {
    const type = types[path.extname(name)];
    if (type) addRoute(app, `/${name}`, type, await readFile(path.join(clientDir, name)));
  }
}

const compress = promisify(gzip);

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
};

/** Relative paths with forward slashes; folders with a leading dot are the bundler's own notes. */
async function listFiles(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .filter((name) => !name.startsWith('.'));
}

function addRoute(app: FastifyInstance, url: string, type: string, body: Buffer): void {
  let compressed: Promise<Buffer> | undefined;
  // The names under assets/ carry their content's hash; the few others may change with the next version.
  const caching = url.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'public, max-age=3600';
  app.get(url, async (request, reply) => {
    reply.header('cache-control', caching).header('vary', 'accept-encoding').type(type);
    if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return reply.send(body);
    compressed ??= compress(body, { level: 9 });
    return reply.header('content-encoding', 'gzip').send(await compressed);
  });
}

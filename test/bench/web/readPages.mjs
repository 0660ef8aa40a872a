import http from 'node:http';
import { gunzipSync } from 'node:zlib';

/** Reads pages of one server as a browser does, over so many connections that stay open. Throws at a page that is none. */
export function createReader({ port, connections }) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections, scheduling: 'fifo' });
  return {
    /** @type {(path: string) => Promise<{ bytes: number, html: () => string }>} */
    read: (path) =>
      new Promise((resolve, reject) => {
        const headers = { 'accept-encoding': 'gzip', accept: 'text/html' };
        const request = http.get({ agent, port, path, host: '127.0.0.1', headers }, (response) => {
          const chunks = [];
          response.on('data', (chunk) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const body = Buffer.concat(chunks);
            if (response.statusCode === 200) resolve({ bytes: body.length, html: () => gunzipSync(body).toString() });
            else reject(new Error(`expected a page at ${path}, got HTTP ${response.statusCode}`));
          });
        });
        request.on('error', reject);
      }),
    close: () => agent.destroy(),
  };
}

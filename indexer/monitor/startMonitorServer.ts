import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UserError } from '../../schema/lib/errors.js';
import type { Monitor } from './createMonitor.js';

export interface MonitorServer {
  readonly url: string;
  close(): Promise<void>;
}

/** GET /metrics, /health/live and /health/ready. Throws UserError when the port is taken. */
export async function startMonitorServer(options: {
  readonly monitor: Monitor;
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
}): Promise<MonitorServer> {
  const { monitor, host, port } = options;
  const server = createServer((request, response) => {
    request.resume();
    if (request.method !== 'GET' && request.method !== 'HEAD') return sendJson(response, 405, { error: 'only GET' });
    const path = request.url?.split('?', 1)[0];
    if (path === '/metrics') return void sendMetrics(response, monitor);
    // Whoever reads this answer knows by it that the event loop turns.
    if (path === '/health/live') return sendJson(response, 200, { live: true });
    if (path === '/health/ready') {
      const readiness = monitor.toReadiness();
      return sendJson(response, readiness.ready ? 200 : 503, readiness);
    }
    return sendJson(response, 404, { error: 'Expected /metrics, /health/live or /health/ready.' });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (thrown: NodeJS.ErrnoException) => {
      if (thrown.code !== 'EADDRINUSE') return reject(thrown);
      const expected = `Expected port ${port} on ${host} to be free for the indexer's metrics`;
      reject(new UserError(`${expected}, but something listens there: set INDEX_PORT (0 for any free one).`));
    });
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function sendMetrics(response: ServerResponse, monitor: Monitor): Promise<void> {
  try {
    const text = await monitor.renderMetrics();
    response.writeHead(200, { 'content-type': monitor.contentType, 'cache-control': 'no-store' }).end(text);
  } catch (thrown) {
    sendJson(response, 500, { error: thrown instanceof Error ? thrown.message : String(thrown) });
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    .end(`${JSON.stringify(body)}\n`);
}

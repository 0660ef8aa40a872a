import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Server, Socket } from 'node:net';

export interface WebServer {
  readonly port: number;
  /** `http://127.0.0.1:…` */
  readonly origin: string;
  /** Every request that came, with its headers. */
  readonly requests: readonly IncomingMessage[];
  /** Connections that were opened, with or without a request. */
  readonly connections: number;
  close(): Promise<void>;
}

export type Serve = (request: IncomingMessage, response: ServerResponse) => void;

/** An HTTP server on loopback that remembers who came. */
export async function openWebServer(serve: Serve): Promise<WebServer> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    serve(request, response);
  });
  return Object.assign(await listen(server), { requests });
}

/** A server on loopback that need not speak HTTP; on `::1` where that is said, on a port that is given or free. */
export async function listen(
  server: Server,
  { host = '127.0.0.1', port: wanted = 0 }: { readonly host?: string; readonly port?: number } = {},
): Promise<Omit<WebServer, 'requests'>> {
  const sockets: Socket[] = [];
  server.on('connection', (socket) => sockets.push(socket));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wanted, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    origin: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    get connections() {
      return sockets.length;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

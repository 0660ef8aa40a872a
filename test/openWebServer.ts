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

/** A server on loopback that need not speak HTTP. */
export async function listen(server: Server): Promise<Omit<WebServer, 'requests'>> {
  const sockets: Socket[] = [];
  server.on('connection', (socket) => sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    get connections() {
      return sockets.length;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Proxy {
  /** The database's URL, through the proxy. */
  readonly url: string;
  /** Cuts the connection right after the next COMMIT has reached the server, before its answer comes back. */
  cutAtCommit(): void;
  /** How many commits were cut so far. */
  readonly cuts: number;
  /** Another server from now on; undefined refuses connections. */
  setTarget(url: string | undefined): void;
  close(): Promise<void>;
}

/** Stands between an indexer and Postgres, and can do what networks do. */
export async function startProxy(databaseUrl: string): Promise<Proxy> {
  let target: URL | undefined = new URL(databaseUrl);
  let cutNext = false;
  let cuts = 0;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    if (!target) return client.destroy();
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket
        .on('error', () => undefined)
        .on('close', () => {
          sockets.delete(socket);
          (socket === client ? upstream : client).destroy();
        });
    }
    let isCut = false;
    client.on('data', (chunk) => {
      upstream.write(chunk);
      if (cutNext && chunk.toString('latin1').includes('commit\0')) {
        cutNext = false;
        isCut = true;
      }
    });
    upstream.on('data', (chunk) => {
      if (!isCut) return void client.write(chunk);
      // The server has answered: the transaction is stored, and nobody hears of it.
      cuts += 1;
      client.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(databaseUrl);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    cutAtCommit() {
      cutNext = true;
    },
    get cuts() {
      return cuts;
    },
    setTarget(next) {
      target = next === undefined ? undefined : new URL(next);
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { createPool } from '../../schema/database.js';
import { RetryableError } from '../../schema/lib/errors.js';
import { toBatch, toBlock, toCursor } from '../../test/writer/marketChain.js';
import { type OpenStore, openStore } from '../../test/writer/openStore.js';

const one = toBlock(1, [[{ kind: 'jobCreated', job: 'a', tasks: [{ task: 'a0', position: 0 }], attributes: {} }]]);
const two = toBlock(2, [[{ kind: 'taskCompleted', task: 'a0' }]]);

describe('a connection that breaks at the commit', () => {
  it('after the server has taken it: the batch is found stored, once', async () => {
    await withProxy(async ({ opened, proxy, url }) => {
      const pool = createPool(url, { role: 'test' });
      const store = opened.another({ pool });
      try {
        const prepared = await store.prepare(toBatch([one], undefined));
        proxy.cutNext = 'afterCommit';
        await store.write(opened.lease, prepared);
        expect(proxy.cuts).toBe(1);
        expect(await store.findCursor()).toEqual(toCursor(one));
        await store.write(opened.lease, await store.prepare(toBatch([two], toCursor(one))));
        expect(await opened.query('select status from job')).toEqual([{ status: 'completed' }]);
        expect(await opened.query('select jobs, tasks_completed from network')).toEqual([
          { jobs: 1, tasks_completed: 1 },
        ]);
      } finally {
        await pool.end();
      }
    });
  });

  it.each(['beforeCommit', 'duringCopy'] as const)(
    '%s: nothing is stored, and it may be tried again',
    async (moment) => {
      await withProxy(async ({ opened, proxy, url }) => {
        const pool = createPool(url, { role: 'test' });
        const store = opened.another({ pool });
        try {
          const prepared = await store.prepare(toBatch([one], undefined));
          proxy.cutNext = moment;
          await expect(store.write(opened.lease, prepared)).rejects.toThrow(RetryableError);
          expect(proxy.cuts).toBe(1);
          expect(await opened.query('select height from block')).toEqual([]);
          store.forget();
          expect(await store.findCursor()).toBeUndefined();
          await store.write(opened.lease, await store.prepare(toBatch([one], undefined)));
          expect(await opened.query('select status from job')).toEqual([{ status: 'open' }]);
        } finally {
          await pool.end();
        }
      });
    },
  );
});

interface Proxy {
  cutNext: 'afterCommit' | 'beforeCommit' | 'duringCopy' | undefined;
  cuts: number;
}

/** A wire between store and server that is cut when asked to. */
async function withProxy(
  run: (world: { readonly opened: OpenStore; readonly proxy: Proxy; readonly url: string }) => Promise<void>,
): Promise<void> {
  const opened = await openStore();
  const target = new URL(String((opened.pool.options as { connectionString?: string }).connectionString));
  const proxy: Proxy = { cutNext: undefined, cuts: 0 };
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port || 5432), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        client.destroy();
        upstream.destroy();
      });
    }
    const cut = () => {
      proxy.cutNext = undefined;
      proxy.cuts += 1;
      client.destroy();
      upstream.destroy();
    };
    client.on('data', (data) => {
      const wanted = proxy.cutNext === 'duringCopy' ? 'PGCOPY' : 'commit\0';
      if (!proxy.cutNext || !data.includes(wanted)) {
        upstream.write(data);
        return;
      }
      if (proxy.cutNext !== 'afterCommit') {
        cut();
        return;
      }
      upstream.removeAllListeners('data');
      upstream.once('data', cut);
      upstream.write(data);
    });
    upstream.on('data', (data) => client.write(data));
  });
  try {
    const port = await listen(server);
    const url = new URL(target);
    Object.assign(url, { hostname: '127.0.0.1', port: String(port) });
    await run({ opened, proxy, url: url.href });
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
    await opened.close();
  }
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

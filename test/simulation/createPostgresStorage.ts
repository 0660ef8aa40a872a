import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { createPostgresStore } from '../../indexer/writer/createPostgresStore.js';
import { findCursor } from '../../indexer/writer/cursor.js';
import type { Phase, Store } from '../../indexer/writer/Store.js';
import { createPool } from '../../schema/database.js';
import type { SimulatedProcess } from './createProcess.js';
import { createRandom, type Random } from './createRandom.js';
import type { Storage, StorageParts } from './Storage.js';

/** The product's own store on a real database: processes die between any two statements, connections break at any. */
export function createPostgresStorage(
  parts: StorageParts,
  { url, pool, onOpen }: { readonly url: string; readonly pool: pg.Pool; readonly onOpen: (cut: () => void) => void },
): Storage {
  const { scenario, clock, onCommit } = parts;
  const { chainId, seed } = scenario;
  return {
    openStore(process, runtime) {
      const own = createPool(url, { role: 'simulation', max: 6 });
      const cut = watchConnections(own);
      void process.death.then(cut);
      onOpen(cut);
      const faulty = breakConnections(own, { ...parts, process, random: createRandom(seed, `${process.name} store`) });
      return toProcessStore(createPostgresStore({ pool: faulty, chainId, runtime }), process, onCommit);
    },
    look: () => clock.hold(look(pool, chainId)),
  };
}

async function look(pool: pg.Pool, chainId: number) {
  const { rows } = await pool.query<{ phase: Phase; phase_reason: string | null }>(
    'select phase, phase_reason from chain where chain_id = $1',
    [chainId],
  );
  const cursor = await findCursor(pool, chainId);
  return { cursor, phase: rows[0]?.phase, phaseReason: rows[0]?.phase_reason ?? undefined };
}

/** Returns what the system does when a process ends: it closes all its connections. */
function watchConnections(pool: pg.Pool): () => void {
  const clients = new Set<pg.PoolClient>();
  let isCut = false;
  pool.on('connect', (client) => {
    clients.add(client);
    if (isCut) breakOff(client);
    // One that breaks while nobody uses it tells so by an event.
    client.on('error', () => undefined);
  });
  pool.on('remove', (client) => clients.delete(client));
  return () => {
    isCut = true;
    for (const client of clients) breakOff(client);
  };
}

function breakOff(client: pg.ClientBase): void {
  const { connection } = client as unknown as { readonly connection: { readonly stream: { destroy(): void } } };
  connection.stream.destroy();
}

/**
 * What a dead process waits for holds up nobody: its pool, for one, never gets a connection back. And a statement that
 * takes long waits for a lock, which is given back only when time goes on.
 */
function holdFor<T>({ clock, process }: Faulty, real: Promise<T>): Promise<T> {
  const lock = new AbortController();
  const release = () => lock.abort();
  real.then(release, release);
  const isLong = sleep(PATIENCE_MS, undefined, { signal: lock.signal }).catch(toNothing);
  void clock.hold(Promise.race([isLong, process.death]));
  return real;
}

/** Real ones; statements take a few, on a busy machine some hundred. */
const PATIENCE_MS = 2_000;

function toNothing(): void {}

interface Faulty extends StorageParts {
  readonly process: SimulatedProcess;
  readonly random: Random;
}

/** Each statement is a point at which the process may die or the connection break; a commit may be done unheard. */
function breakConnections(pool: pg.Pool, faulty: Faulty): pg.Pool {
  const { process } = faulty;
  return new Proxy(pool, {
    get(target, name) {
      if (name === 'query') {
        return (...args: readonly unknown[]) =>
          process.cross('statement', () =>
            holdFor(faulty, Reflect.apply(target.query, target, args) as Promise<unknown>),
          );
      }
      if (name === 'connect') {
        return () =>
          process.cross('connect', async () => breakStatements(await holdFor(faulty, target.connect()), faulty));
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function breakStatements(client: pg.PoolClient, faulty: Faulty): pg.PoolClient {
  const { process, random, scenario, isTroubled, count } = faulty;
  const { dropped, refused, ambiguous } = scenario.storeFaults;
  const query = (...args: readonly unknown[]): unknown => {
    const run = () => Reflect.apply(client.query, client, args) as Promise<unknown>;
    // A stream that takes rows is no statement that answers; what happens to its connection shows in the next one.
    if (isStream(args[0])) return hold(run() as unknown as NodeJS.EventEmitter);
    return process.cross(args[0] === 'commit' ? 'write' : 'statement', async () => {
      if (isTroubled() && random.chance((dropped + refused) / STATEMENTS)) breakOff(client);
      const result = await holdFor(faulty, run());
      if (args[0] !== 'commit' || !isTroubled() || !random.chance(ambiguous)) return result;
      count('ambiguousCommit');
      breakOff(client);
      throw new Error('Connection terminated unexpectedly');
    });
  };
  const hold = (stream: NodeJS.EventEmitter) => {
    const ended = new Promise<void>((resolve) => {
      for (const event of ['finish', 'error', 'close']) stream.once(event, () => resolve());
    });
    void holdFor(faulty, ended);
    return stream;
  };
  return new Proxy(client, {
    get(target, name) {
      if (name === 'query') return query;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** About as many statements does a transaction have. */
const STATEMENTS = 10;

function isStream(statement: unknown): boolean {
  return typeof statement === 'object' && statement !== null && 'submit' in statement;
}

/** Commits are told of, and a lease lasts as much shorter as virtual time is faster. */
function toProcessStore(store: Store, process: SimulatedProcess, onCommit: StorageParts['onCommit']): Store {
  const cross = <T>(point: string, work: () => Promise<T>) => process.cross(point, work);
  return {
    ...store,
    acquireLease: (holder, forMs) => cross('acquireLease', () => store.acquireLease(holder, Math.max(20, forMs / 500))),
    prepare: (batch) => cross('prepare', () => store.prepare(batch)),
    async write(lease, prepared) {
      await cross('write', () => store.write(lease, prepared));
      onCommit('write');
    },
    async rollBack(lease, options) {
      const cursor = await cross('rollBack', () => store.rollBack(lease, options));
      onCommit('rollBack');
      return cursor;
    },
  };
}

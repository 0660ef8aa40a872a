import pg from 'pg';
import { RetryableError, toMessage, UserError } from '../../schema/lib/errors.js';
import type { ChainRow } from '../domains/chain/chainQueries.js';
import { createAllowance } from './createAllowance.js';
import type { Database, StatementOptions } from './createDatabase.js';
import { BEGIN, type Generation, type Generations, type Opened } from './createGenerations.js';
import type { Names } from './createNames.js';
import { ask, connect, isLost, STATEMENT_TIMEOUT_MS, toStatementError } from './statements.js';

/** All of its statements see the database at one moment. */
export interface Moment extends Database {
  /** How far the facts had come at that moment. */
  listChains(): Promise<readonly ChainRow[]>;
}

/** The moment is that of the first statement. */
export interface Snapshot extends Moment {
  /** Whether anything was asked of it. */
  isUsed(): boolean;
  /** What it is of, once anything was asked of it. */
  getGeneration(): Generation | undefined;
  /** What it is of, from now on if nothing was asked of it yet. */
  take(): Generation;
  /** Another one of the same moment, with an allowance of its own, by default of as much; whoever asks for it releases it. */
  beside(allowance?: { readonly totalMs: number }): Snapshot;
  /** Statements that run are let end; it may be called again. */
  release(): void;
  /** Nobody waits for the answer: what runs is stopped, and what comes later is not begun. */
  abandon(): void;
}

export interface SnapshotOptions {
  readonly pools: { readonly statements: pg.Pool; readonly keyed: pg.Pool };
  readonly names: Names;
  readonly generations: Generations;
  /** Stops what the connection with this process id runs. */
  readonly cancel: (processId: number) => Promise<void>;
  readonly totalMs?: number;
  /** Of this moment, which was joined for it; absent: of the newest, once something is asked. */
  readonly joined?: Generation;
}

export function openSnapshot(options: SnapshotOptions): Snapshot {
  const { pools, names, generations, cancel, totalMs = ALL_STATEMENTS_MS } = options;
  let generation = options.joined;
  let isReleased = false;
  const leaving: Leaving = { isAbandoned: false, running: new Set() };
  let running = 0;
  let hasLeft = false;
  const allowance = createAllowance({ atOnce: STATEMENTS_AT_ONCE, totalMs });
  const failed = new Map<string, unknown>();

  function take(): Generation {
    if (isReleased) throw new Error('Expected no question after the answer was sent, got one.');
    generation ??= generations.take();
    return generation;
  }

  function leaveIfDone(): void {
    if (!isReleased || running > 0 || !generation || hasLeft) return;
    generations.leave(generation);
    hasLeft = true;
  }

  return {
    async query<Row>(
      sql: string,
      parameters: readonly unknown[] = [],
      { isKeyed = false, timeoutMs }: StatementOptions = {},
    ): Promise<Row[]> {
      const taken = take();
      // The same moment would say the same: what failed is not tried again.
      if (failed.size > 0 && failed.has(toKey(sql, parameters))) throw failed.get(toKey(sql, parameters));
      running += 1;
      try {
        const run = { names, generations, generation: taken, sql, parameters, leaving };
        return await allowance.spend(sql, () =>
          isKeyed ? runIn<Row>(pools.keyed, run) : runIn<Row>(pools.statements, { ...run, timeoutMs }),
        );
      } catch (thrown) {
        failed.set(toKey(sql, parameters), thrown);
        throw thrown;
      } finally {
        running -= 1;
        leaveIfDone();
      }
    },
    listChains: async () => (await take().opened).chains,
    isUsed: () => generation !== undefined,
    getGeneration: () => generation,
    take,
    beside(other) {
      const same = take();
      generations.join(same);
      return openSnapshot({ ...options, ...other, joined: same });
    },
    release() {
      isReleased = true;
      leaveIfDone();
    },
    abandon() {
      if (leaving.isAbandoned) return;
      leaving.isAbandoned = true;
      for (const client of leaving.running) void cancel(toProcessId(client)).catch(() => undefined);
    },
  };
}

/** Whether somebody still waits, and where it runs what they wait for. */
interface Leaving {
  isAbandoned: boolean;
  readonly running: Set<pg.PoolClient>;
}

function assertAwaited({ isAbandoned }: Leaving): void {
  if (isAbandoned) throw new UserError('Expected the client to wait for its answer, it has left.');
}

/** pg has it, its types do not. */
function toProcessId(client: pg.PoolClient): number {
  return (client as unknown as { readonly processID: number }).processID;
}

/** Less than half of the pool, whoever else asks. */
const STATEMENTS_AT_ONCE = 4;
/** Five statements that run until their limit. */
const ALL_STATEMENTS_MS = 5 * STATEMENT_TIMEOUT_MS;

function toKey(sql: string, parameters: readonly unknown[]): string {
  return JSON.stringify([sql, parameters]);
}

/** Which snapshot a connection's transaction is of. */
const joined = new WeakMap<pg.PoolClient, Opened>();

async function runIn<Row>(
  pool: pg.Pool,
  run: {
    readonly names: Names;
    readonly generations: Generations;
    readonly generation: Generation;
    readonly sql: string;
    readonly parameters: readonly unknown[];
    readonly leaving: Leaving;
    readonly timeoutMs?: number | undefined;
  },
): Promise<Row[]> {
  const { names, generations, generation, sql, parameters, leaving, timeoutMs } = run;
  assertAwaited(leaving);
  const opened = await generation.opened;
  const client = await connect(pool);
  leaving.running.add(client);
  try {
    assertAwaited(leaving);
    if (joined.get(client) !== opened) {
      joined.delete(client);
      await join(client, opened, () => generations.lose(generation));
      joined.set(client, opened);
    }
    // Whatever fails ends the transaction, and with it what is set in it.
    if (timeoutMs !== undefined) await client.query(`set local statement_timeout = ${timeoutMs}`);
    const rows = await ask<Row>(client, { sql, parameters, name: names.find(client, sql) });
    if (timeoutMs !== undefined) await client.query(`set local statement_timeout = ${STATEMENT_TIMEOUT_MS}`);
    // One that was told to stop might do so with the statement of another answer.
    client.release(leaving.isAbandoned || names.isFull(client));
    return rows;
  } catch (thrown) {
    // What failed has spoilt this connection's transaction, and no other.
    joined.delete(client);
    client.release(leaving.isAbandoned || isLost(thrown));
    assertAwaited(leaving);
    throw thrown instanceof RetryableError ? thrown : toStatementError(thrown, sql, timeoutMs);
  } finally {
    leaving.running.delete(client);
  }
}

/** Postgres error codes, appendix A of its manual: a snapshot that is unknown, or whose keeper has just ended. */
const GONE = new Set(['22023', '42704', '55000']);

async function join(client: pg.PoolClient, { snapshotId }: Opened, lose: () => void): Promise<void> {
  try {
    await client.query(`${BEGIN}; set transaction snapshot '${snapshotId}'`);
  } catch (thrown) {
    if (!(thrown instanceof pg.DatabaseError) || !GONE.has(thrown.code ?? '')) throw thrown;
    lose();
    throw new RetryableError(`The snapshot of the answer has gone: ${toMessage(thrown)}`, { cause: thrown });
  }
}

import type { FastifyInstance } from 'fastify';
import { RetryableError } from '../schema/lib/errors.js';
import type { Log } from '../schema/lib/log.js';
import type { Surroundings } from './createContext.js';
import { type ChainRow, listChains } from './domains/chain/chainQueries.js';
import { toStaleReason } from './domains/chain/freshness.js';

/** `/health/live`: the process answers. `/health/ready`: the database answers and no chain is stale or halted. */
export async function mountHealth(app: FastifyInstance, surroundings: Surroundings, log: Log): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook('onRequest', async (_request, reply) => {
      reply.header('cache-control', 'no-store');
    });
    scope.get('/health/live', async () => ({ status: 'live' }));
    scope.get('/health/ready', async (_request, reply) => {
      const readiness = await readReadiness(surroundings, log);
      return reply.code(readiness.status === 'ready' ? 200 : 503).send(readiness);
    });
  });
}

interface Readiness {
  readonly status: 'ready' | 'unready';
  /** failing: it answers, but not what it was asked, as before a migration. */
  readonly database: 'reachable' | 'unreachable' | 'failing';
  readonly chains: readonly {
    readonly id: string;
    readonly name: string;
    readonly phase: string;
    readonly ready: boolean;
    /** Why it is not ready. */
    readonly reason: string | null;
  }[];
}

async function readReadiness({ database, staleAfterSeconds }: Surroundings, log: Log): Promise<Readiness> {
  let rows: readonly ChainRow[];
  try {
    rows = await listChains(database);
  } catch (thrown) {
    if (thrown instanceof RetryableError) return { status: 'unready', database: 'unreachable', chains: [] };
    log.error({ err: thrown }, 'the chains cannot be read');
    return { status: 'unready', database: 'failing', chains: [] };
  }
  const clock = { now: new Date(), staleAfterSeconds };
  const chains = rows.map((chain) => {
    const reason = toStaleReason(chain, clock);
    return { id: String(chain.id), name: chain.name, phase: chain.phase, ready: reason === null, reason };
  });
  const status = chains.every((chain) => chain.ready) ? 'ready' : 'unready';
  return { status, database: 'reachable', chains };
}

import { createPool } from '../../schema/database.js';
import { UserError } from '../../schema/lib/errors.js';
import type { Log } from '../../schema/lib/log.js';
import { getNetwork, type Network } from '../../schema/protocols/protocols.js';
import type { Endpoints } from '../config.js';
import { systemRuntime } from '../lib/systemRuntime.js';
import { createEndpointPool } from '../source/endpoints/createEndpointPool.js';
import type { VerificationPolicy } from '../source/verification/chainRules.js';
import { createPlanWatch, type PlanWatch } from './createPlanWatch.js';
import { makePlan } from './makePlan.js';
import type { Plan } from './Plan.js';
import { type KeptPlan, keepPlan, listPlans } from './planStore.js';

export type { Amounts, Plan } from './Plan.js';
export type { KeptPlan } from './planStore.js';

export interface PlanningOptions {
  readonly databaseUrl: string;
  readonly networks: readonly string[];
  readonly endpoints: Endpoints;
  readonly verify: Readonly<Record<string, VerificationPolicy>>;
  readonly maxRangeBlocks: number;
  readonly samples: number;
  readonly seed: number;
}

/** Plans the sync of each chain of the networks, and keeps the plans. Throws UserError for what cannot be planned. */
export async function planSync(options: PlanningOptions): Promise<readonly Plan[]> {
  const pool = createPool(options.databaseUrl, { role: 'plan', max: 1 });
  try {
    const plans: Plan[] = [];
    for (const [chainId, networks] of toChains(options.networks.map(getNetwork))) {
      const plan = await planChain(chainId, networks, options);
      await keepPlan(pool, plan);
      plans.push(plan);
    }
    return plans;
  } finally {
    await pool.end();
  }
}

export async function readPlans(databaseUrl: string): Promise<readonly KeptPlan[]> {
  const pool = createPool(databaseUrl, { role: 'plan', max: 1 });
  try {
    return await listPlans(pool);
  } finally {
    await pool.end();
  }
}

/** For the indexer: what its backfill takes is kept beside the plan, and told in the log. */
export function watchPlans(options: { readonly databaseUrl: string; readonly log: Log }): PlanWatch {
  // A database that hangs must not hold up the end of the indexer.
  const pool = createPool(options.databaseUrl, {
    ...{ role: 'plan', max: 1 },
    connectionTimeoutMillis: 2_000,
    query_timeout: 3_000,
  });
  const watch = createPlanWatch({ pool, runtime: systemRuntime, log: options.log });
  return {
    report: watch.report,
    async close() {
      await watch.close();
      await pool.end();
    },
  };
}

async function planChain(chainId: number, networks: readonly Network[], options: PlanningOptions): Promise<Plan> {
  const recorded = networks.find(({ definition }) => definition.recorded);
  if (recorded) {
    throw new UserError(
      `Expected networks that run on a chain, got ${recorded.definition.id}, a recording: it needs no plan.`,
    );
  }
  const defined = options.endpoints[chainId] ?? [];
  if (defined.length === 0) {
    throw new UserError(
      `Expected an RPC endpoint for chain ${chainId}, found none: set RPC_URLS=${chainId}=https://… (see .env.example).`,
    );
  }
  const endpoints = createEndpointPool({ chainId, endpoints: defined, runtime: systemRuntime });
  try {
    return await makePlan({
      ...{ chainId, networks, endpoints, runtime: systemRuntime },
      ...{ databaseUrl: options.databaseUrl, maxRangeBlocks: options.maxRangeBlocks },
      ...{ verify: options.verify[chainId], samples: options.samples, seed: options.seed },
    });
  } finally {
    await endpoints.close();
  }
}

function toChains(networks: readonly Network[]): ReadonlyMap<number, readonly Network[]> {
  const chains = new Map<number, Network[]>();
  for (const network of networks) {
    const { chainId } = network.definition;
    chains.set(chainId, [...(chains.get(chainId) ?? []), network]);
  }
  return chains;
}

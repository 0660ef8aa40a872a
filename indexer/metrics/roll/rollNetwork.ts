import type pg from 'pg';
import { toCatalogueDigest } from '../../../schema/metrics/toCatalogueDigest.js';
import type { Network } from '../../../schema/protocols/protocols.js';
import { chooseHours } from './chooseHours.js';
import { toDetailHour } from './detail.js';
import { dropDerived } from './dropDerived.js';
import { keepProgress } from './keepProgress.js';
import { listMarked, takeMarks } from './marks.js';
import type { RollPlan } from './RollPlan.js';
import { findFirstHour, findReach, readStanding, type Standing, toHour } from './readStanding.js';
import { rollHours } from './rollHours.js';
import { sql } from './sql.js';
import { listSummed } from './toFamilyMetrics.js';
import { fill } from './toRanges.js';
import { transactAlone } from './transactAlone.js';

export type Rolled =
  | {
      readonly kind: 'rolled';
      readonly hours: number;
      /** Rows of hours and days that were made or changed, and that went. */
      readonly written: number;
      readonly gone: number;
      /** Everything was made anew, because a method has changed. */
      readonly isRebuild: boolean;
      /** More is left for the next turn. */
      readonly isBehind: boolean;
      readonly height: number | null;
      readonly time: Date;
    }
  /** Nothing has changed since the last turn. */
  | { readonly kind: 'idle' }
  /** Nothing of the chain is written. */
  | { readonly kind: 'empty' }
  /** The first backfill has put off the indexes that this needs. */
  | { readonly kind: 'waiting' }
  /** Another process rolls this network. */
  | { readonly kind: 'busy' };

export interface RollOptions {
  readonly pool: pg.Pool;
  readonly network: Network;
  readonly plan: RollPlan;
  /** About as many hours as a turn takes, so that its memory is bounded and what is done is kept. */
  readonly lot?: number;
  /** Ends it with an outage; nothing of the turn is kept. */
  readonly signal?: AbortSignal | undefined;
  /** Told of each step and family that was just done, by its name. */
  readonly onPart?: ((name: string) => void) | undefined;
}

/**
 * One turn: takes the marks in sight and rolls their hours, and those up to the head. The metrics of the plan have numbers
 * (`ensureMetrics`). All of it is kept, or nothing, the marks included.
 */
export async function rollNetwork(options: RollOptions): Promise<Rolled> {
  const { pool, network, signal } = options;
  const networkId = network.definition.id;
  const done = await transactAlone({ pool, networkId, wait: false, keep: true, signal }, (client) =>
    rollSeen(client, options),
  );
  return done?.result ?? { kind: 'busy' };
}

/** 31 days. */
export const LOT_HOURS = 744;

/** The same within a transaction of the caller's, which is alone with the network. */
export async function rollSeen(client: pg.ClientBase, options: Omit<RollOptions, 'pool'>): Promise<Rolled> {
  const { network, plan, lot = LOT_HOURS, signal, onPart } = options;
  const { id } = network.definition;
  const standing = await readStanding(client, id);
  const { head, progress } = standing;
  if (!head) return forget(client, id, standing);
  if (standing.isDeferred) return { kind: 'waiting' };
  const methodDigest = toCatalogueDigest(plan.catalogue);
  if (progress && progress.methodDigest !== methodDigest) return remake(client, options, standing);
  const marked = await listMarked(client, id);
  if (marked.length === 0 && isAt(progress, head)) return { kind: 'idle' };
  await client.query(sql.createRolled);
  // Whatever is left of a past that nobody remembers does not belong to these figures.
  if (!progress) await dropDerived(client, id);
  const from = progress ? toHour(progress.time) : await findFirstHour(client, id, head.hour);
  const reached = progress ? await findReach(client, id, progress.time) : head.hour;
  const due = [...marked.map((mark) => mark.hour), ...listForgotten(reached, head.hour)];
  const { hours, isLast } = chooseHours({ marked: due, from, head: head.hour, lot });
  const factHours = marked.filter(({ hasFacts }) => hasFacts).map((mark) => mark.hour);
  const hour = hours.at(-1) ?? head.hour;
  await takeMarks(client, id, isLast ? undefined : hour);
  const context = { client, network: network.definition, manifest: network.manifest, head, hours, isRebuild: false };
  const changedSince = factHours.reduce((one, other) => Math.min(one, other), Math.min(from, head.hour));
  const isNewDay = !progress || toDetailHour(toHour(progress.time)) < toDetailHour(head.hour);
  const isCutBack = reached > head.hour;
  const made = await rollHours(signal ? { ...context, signal } : context, {
    ...{ plan, lot, changedSince, isNewDay, isCutBack, onPart },
  });
  const kept = await keepProgress(client, { network: network.definition, head, hour, methodDigest });
  return { kind: 'rolled', ...made, isRebuild: false, isBehind: !isLast, ...kept };
}

/**
 * Makes everything of a network from nothing, within a transaction of the caller's. Hours and their sums, of which there are most, are written
 * where they differ from what is stored; `isFromNothing` drops them, too, where they are to be held against what was stored.
 */
export async function remake(
  client: pg.ClientBase,
  options: Omit<RollOptions, 'pool'> & { readonly isFromNothing?: boolean },
  standing: Standing,
): Promise<Rolled> {
  const { network, plan, lot = LOT_HOURS, signal, onPart, isFromNothing = false } = options;
  const { id } = network.definition;
  const { head } = standing;
  if (!head) return forget(client, id, standing);
  await client.query(sql.createRolled);
  const gone = await dropDerived(client, id, isFromNothing ? null : listSummed(plan).map((metric) => metric.id));
  await takeMarks(client, id, undefined);
  onPart?.('drop');
  const firstHour = await findFirstHour(client, id, head.hour);
  const hours = fill([firstHour, head.hour]);
  const context = { client, network: network.definition, manifest: network.manifest, head, hours, isRebuild: true };
  const made = await rollHours(signal ? { ...context, signal } : context, {
    ...{ plan, lot, onPart, changedSince: firstHour },
    ...{ isNewDay: false, isCutBack: false },
  });
  const methodDigest = toCatalogueDigest(plan.catalogue);
  const reached = await keepProgress(client, { network: network.definition, head, hour: head.hour, methodDigest });
  return { kind: 'rolled', ...made, gone: made.gone + gone, isRebuild: true, isBehind: false, ...reached };
}

/** Where blocks were taken back across midnight, hours in detail that are kept again. */
function listForgotten(reached: number, headHour: number): readonly number[] {
  const kept = toDetailHour(reached);
  const from = toDetailHour(headHour);
  return from < kept ? fill([from, kept - 1]) : [];
}

function isAt(progress: Standing['progress'], head: { readonly height: number; readonly time: Date }): boolean {
  return progress?.height === head.height && progress.time.getTime() === head.time.getTime();
}

/** Nothing is derived of nothing. */
async function forget(client: pg.ClientBase, id: string, { progress }: Standing): Promise<Rolled> {
  await takeMarks(client, id, undefined);
  if (progress) {
    await dropDerived(client, id);
    await client.query('delete from metric_progress where network_id = $1', [id]);
  }
  return { kind: 'empty' };
}

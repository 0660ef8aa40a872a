import type pg from 'pg';
import { toNounId } from '../../../schema/lib/ids.js';
import type { TargetKey } from './readingStore.js';

export interface Target {
  readonly target: string;
  /** As it is asked: what a provider put on chain, or the operator into the settings. */
  readonly base: string;
  readonly providerId: string | null;
  readonly nodeId: string | null;
}

/** Whom the facts name for a probe, by its own query; a target that it says nothing more of is a provider's native id. */
export async function listFactTargets(pool: pg.Pool, sql: string, networkId: string): Promise<readonly Target[]> {
  const { rows } = await pool.query<FactRow>(sql, [networkId]);
  return rows.map(({ target, base = '', provider_id = toNounId(networkId, target), node_id = null }) => ({
    ...{ target, base, providerId: provider_id, nodeId: node_id },
  }));
}

interface FactRow {
  readonly target: string;
  readonly base?: string;
  readonly provider_id?: string | null;
  readonly node_id?: string | null;
}

/**
 * Makes the targets of a probe on a network exactly these. A new one is due at once, and so is one whose URL or interval
 * has changed; one that the facts no longer name is not asked any more.
 */
export async function keepTargets(
  pool: pg.Pool,
  given: Pick<TargetKey, 'networkId' | 'probe' | 'observer'> & {
    readonly intervalSeconds: number;
    readonly targets: readonly (Omit<Target, 'base'> & { readonly url: string; readonly host: string })[];
    readonly now: Date;
  },
): Promise<void> {
  const { networkId, probe, observer, intervalSeconds, targets, now } = given;
  await pool.query(keep, [
    ...[networkId, probe, observer, intervalSeconds, now],
    ...[targets.map(({ target }) => target), targets.map(({ providerId }) => providerId)],
    ...[targets.map(({ url }) => url), targets.map(({ host }) => host), targets.map(({ nodeId }) => nodeId)],
  ]);
}

const keep = `
  with given as (
    select * from unnest($6::text[], $7::text[], $8::text[], $9::text[], $10::text[])
      as given (target, provider_id, url, host, node_id)
  ),
  gone as (
    delete from probe_target
    where network_id = $1 and probe = $2 and observer = $3 and target not in (select target from given)
  )
  insert into probe_target as t (network_id, probe, observer, interval_seconds, next_due, target, provider_id, node_id,
    url, host)
  select $1, $2, $3, $4, $5, target, provider_id, node_id, url, host from given
  on conflict (network_id, probe, target, observer) do update set
    url = excluded.url, host = excluded.host, interval_seconds = excluded.interval_seconds,
    next_due = excluded.next_due, failures = 0
  where (t.url, t.interval_seconds) is distinct from (excluded.url, excluded.interval_seconds)
`;

export interface ClaimedTarget extends TargetKey {
  readonly host: string;
  readonly providerId: string | null;
  readonly nodeId: string | null;
  /** In a row, before this question. */
  readonly failures: number;
}

/**
 * Takes the targets that have waited longest, one of each host and none of a host that is being asked. Nobody else takes
 * them until the lease ends, which it does by itself should this process die.
 */
export async function claimTargets(
  pool: pg.Pool,
  wanted: {
    readonly observer: string;
    readonly assignments: readonly { readonly networkId: string; readonly probe: string }[];
    readonly busyHosts: Iterable<string>;
    readonly limit: number;
    readonly now: Date;
    readonly leaseUntil: Date;
  },
): Promise<readonly ClaimedTarget[]> {
  const { observer, assignments, busyHosts, limit, now, leaseUntil } = wanted;
  const { rows } = await pool.query<ClaimedTarget>(claim, [
    ...[observer, assignments.map(({ networkId }) => networkId), assignments.map(({ probe }) => probe)],
    ...[[...busyHosts], limit, now, leaseUntil],
  ]);
  return rows;
}

const claim = `
  with due as (
    select distinct on (t.host) t.network_id, t.probe, t.target, t.next_due
    from probe_target t
    join unnest($2::text[], $3::text[]) as mine (network_id, probe)
      on mine.network_id = t.network_id and mine.probe = t.probe
    where t.observer = $1 and t.next_due <= $6 and t.host <> all ($4::text[])
    order by t.host, t.next_due, t.target
  ),
  taken as (
    select t.network_id, t.probe, t.target
    from probe_target t join due on due.network_id = t.network_id and due.probe = t.probe and due.target = t.target
    where t.observer = $1 and t.next_due <= $6
    order by due.next_due, t.target limit $5
    for update of t skip locked
  )
  update probe_target t set next_due = $7, last_attempt = $6
  from taken
  where t.network_id = taken.network_id and t.probe = taken.probe and t.target = taken.target and t.observer = $1
  returning t.network_id as "networkId", t.probe, t.target, t.observer, t.host, t.failures,
    t.provider_id as "providerId", t.node_id as "nodeId"
`;

export interface Success {
  readonly at: Date;
  readonly nextDue: Date;
  readonly prices: number;
  readonly refused: number;
  /** What was wrong with some of it. */
  readonly flaw?: Flaw;
}

/** Why an answer, or a part of it, is not to be had. */
export interface Flaw {
  readonly reason: string;
  readonly text: string;
}

export async function recordSuccess(client: pg.ClientBase, key: TargetKey, success: Success): Promise<void> {
  const { at, nextDue, prices, refused, flaw } = success;
  await client.query(
    `update probe_target set last_success = greatest(last_success, $5), next_due = $6, failures = 0, prices = $7,
       refused = $8, error_reason = $9, error_text = $10 where ${isKey}`,
    [...toKey(key), at, nextDue, prices, refused, flaw?.reason ?? null, flaw?.text ?? null],
  );
}

/** What it said before stays, and gets old. */
export async function recordFailure(
  client: pg.Pool | pg.ClientBase,
  key: TargetKey,
  { flaw, nextDue }: { readonly flaw: Flaw; readonly nextDue: Date },
): Promise<void> {
  await client.query(
    `update probe_target set next_due = $5, failures = failures + 1, error_reason = $6, error_text = $7 where ${isKey}`,
    [...toKey(key), nextDue, flaw.reason, flaw.text],
  );
}

/** That this machine could not ask: the target is no worse for it. */
export async function recordUnasked(
  pool: pg.Pool,
  key: TargetKey,
  { flaw, nextDue }: { readonly flaw: Flaw; readonly nextDue: Date },
): Promise<void> {
  await pool.query(`update probe_target set next_due = $5, error_reason = $6, error_text = $7 where ${isKey}`, [
    ...[...toKey(key), nextDue, flaw.reason, flaw.text],
  ]);
}

/** Gives back a target that was not asked to the end. */
export async function releaseTarget(pool: pg.Pool, key: TargetKey, nextDue: Date): Promise<void> {
  await pool.query(`update probe_target set next_due = $5 where ${isKey}`, [...toKey(key), nextDue]);
}

const isKey = 'network_id = $1 and probe = $2 and target = $3 and observer = $4';

function toKey({ networkId, probe, target, observer }: TargetKey): readonly string[] {
  return [networkId, probe, target, observer];
}

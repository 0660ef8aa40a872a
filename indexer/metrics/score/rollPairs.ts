import { HOURS_PER_DAY } from '../../../schema/heartbeat/slots.js';
import { createContext, type ScoreContext } from '../../../schema/metrics/formulas/score/createContext.js';
import { linksProviders } from '../../../schema/metrics/formulas/score/linksProviders.js';
import { listRemovedPairs, type RemovedPair } from '../../../schema/metrics/formulas/score/listRemovedPairs.js';
import type { ProviderRecord } from '../../../schema/metrics/formulas/score/NetworkRecord.js';
import { scoreContext } from '../../../schema/metrics/formulas/score/scoreAt.js';
import { createWriter } from '../roll/createWriter.js';
import type { RollContext, RollStep } from '../roll/RollStep.js';
import { findScoreHours } from './findScoreHours.js';
import { markScored, sharePrepared, skipPrepared } from './loadPrepared.js';
import { compareTexts } from './order.js';
import { toOperatorId } from './toOperatorId.js';
import { deleteStaleScores, writeScores } from './writeScores.js';

/**
 * Says by UTC day which buyers and providers traded whose trades count for nothing, as it was known at the day's end; of the day that
 * is not over, at the last hour that is. And which providers act as one by now. Returns the hours of the days for which that
 * has changed, and, where a provider has moved to another operator, all hours since it is known. On the way it makes the scores as of
 * these hours, which rest on the same sums: to make those twice would take twice as long.
 */
export const rollPairs: RollStep = async (context) => {
  const { hours, isPresent } = await findScoreHours(context);
  let operatorsSince: number | undefined;
  const changed = new Set<number>(await deleteStale(context));
  await deleteStaleScores(context);
  const keys = new Map<string, number>();
  if (hours.length === 0) await skipPrepared(context);
  else {
    const prepared = await sharePrepared(context, hours);
    const writer = createWriter();
    let present: ScoreContext | undefined;
    for (const hour of hours) {
      context.signal?.throwIfAborted();
      const at = hour * SECONDS_PER_HOUR;
      const day = toDayBefore(hour);
      const record = prepared.asOf(at);
      present = createContext(record, { at, scratch: record.scratch });
      const removed = listRemovedPairs(record, { from: day * SECONDS_PER_DAY, at, context: present });
      const scores = scoreContext(present);
      await writer.next(async () => {
        await writeScores(context.client, { networkId: context.network.id, hour, scores, keys });
        if (await writePairs(context, day, removed)) for (const one of listHours(day)) changed.add(one);
      });
    }
    await writer.end();
    if (isPresent && present) {
      const moved = await writeMembers(context, toMembers(context, present, prepared.providers));
      const born = prepared.providers.filter(({ id }) => moved.has(id)).map(({ bornAt }) => bornAt);
      if (born.length > 0) operatorsSince = Math.floor(Math.min(...born) / SECONDS_PER_HOUR);
    }
  }
  markScored(context);
  const found = [...changed].filter((hour) => hour <= context.head.hour).sort((one, other) => one - other);
  return operatorsSince === undefined ? found : { hours: found, operatorsSince };
};

const SECONDS_PER_HOUR = 3_600;
const SECONDS_PER_DAY = 86_400;

/** The day in which the last hour before this one lies. */
function toDayBefore(hour: number): number {
  return Math.floor((hour - 1) / HOURS_PER_DAY);
}

function listHours(day: number): readonly number[] {
  return Array.from({ length: HOURS_PER_DAY }, (_, index) => day * HOURS_PER_DAY + index);
}

/** Of days that blocks which were taken back had begun. */
async function deleteStale({ client, network, head }: RollContext): Promise<readonly number[]> {
  const { rows } = await client.query<{ day: number }>(
    'delete from removed_pair where network_id = $1 and day > $2 returning day',
    [network.id, toDayBefore(head.hour)],
  );
  return rows.flatMap(({ day }) => listHours(day));
}

/** Whether anything is other than it was. */
async function writePairs(
  { client, network }: RollContext,
  day: number,
  removed: readonly RemovedPair[],
): Promise<boolean> {
  const { rows } = await client.query<{ changed: number }>(
    `with made as (
       select * from unnest($3::text[], $4::text[], $5::text[]) as given (buyer, provider_id, reason)
     ), gone as (
       delete from removed_pair r
       where r.network_id = $1 and r.day = $2
         and not exists (select from made m where m.buyer = r.buyer and m.provider_id = r.provider_id)
       returning 1
     ), written as (
       insert into removed_pair as r (network_id, day, buyer, provider_id, reason)
       select $1, $2, buyer, provider_id, reason from made
       on conflict (network_id, day, buyer, provider_id) do update set reason = excluded.reason
       where r.reason <> excluded.reason
       returning 1
     )
     select ((select count(*) from gone) + (select count(*) from written))::int as changed`,
    [
      ...[network.id, day, removed.map(({ buyer }) => buyer), removed.map(({ provider }) => provider)],
      removed.map(({ reason }) => reason),
    ],
  );
  return (rows[0]?.changed ?? 0) > 0;
}

interface Member {
  readonly provider: string;
  readonly operator: string;
  /** Accounts that another provider has as well, and how that shows. */
  readonly links: readonly Pick<ProviderRecord['accounts'][number], 'account' | 'reason' | 'from'>[];
}

function toMembers(
  { network }: RollContext,
  { links, at, prepared }: ScoreContext,
  providers: readonly ProviderRecord[],
): readonly Member[] {
  const holders = new Map<string, Set<string>>();
  const shown = providers.map(({ id, bornAt, accounts }) => {
    const own = bornAt < at ? accounts.filter((one) => one.from < at && linksProviders(one)) : [];
    for (const { account } of own) holders.set(account, (holders.get(account) ?? new Set<string>()).add(id));
    return { id, bornAt, own };
  });
  return shown
    .filter(({ bornAt }) => bornAt < at)
    .map(({ id, own }) => {
      const operator = links.operatorOf[prepared.providerOf(id)] ?? 0;
      return {
        provider: id,
        operator: toOperatorId(network.id, prepared.providers[operator]?.id ?? id),
        links: own
          .filter(({ account }) => (holders.get(account)?.size ?? 0) > 1)
          .map(({ account, reason, from }) => ({ account, reason, from }))
          .sort((one, other) => compareTexts(one.account, other.account) || compareTexts(one.reason, other.reason)),
      };
    });
}

/** Returns the providers that stand with others than before; one that is new and stands alone has moved nowhere. */
async function writeMembers(
  { client, network }: RollContext,
  members: readonly Member[],
): Promise<ReadonlySet<string>> {
  const { rows: before } = await client.query<{ provider: string; operator: string }>(
    'select provider_id as provider, operator_id as operator from operator_member where network_id = $1',
    [network.id],
  );
  await client.query(
    `with made as (
       select * from unnest($2::text[], $3::text[], $4::jsonb[]) as given (provider_id, operator_id, links)
     ), gone as (
       delete from operator_member o
       where o.network_id = $1 and not exists (select from made m where m.provider_id = o.provider_id)
     )
     insert into operator_member as o (provider_id, network_id, operator_id, links)
     select provider_id, $1, operator_id, links from made
     on conflict (provider_id) do update set operator_id = excluded.operator_id, links = excluded.links
     where (o.operator_id, o.links) is distinct from (excluded.operator_id, excluded.links)`,
    [
      ...[network.id, members.map(({ provider }) => provider), members.map(({ operator }) => operator)],
      members.map(({ links }) => JSON.stringify(links)),
    ],
  );
  const known = new Map(before.map(({ provider, operator }) => [provider, operator]));
  return new Set(
    members
      .filter(({ provider, operator }) => {
        const alone = toOperatorId(network.id, provider);
        return (known.get(provider) ?? alone) !== operator;
      })
      .map(({ provider }) => provider),
  );
}

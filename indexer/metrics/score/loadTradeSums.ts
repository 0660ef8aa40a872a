import type pg from 'pg';
import type { DayTotal } from '../../../schema/metrics/formulas/score/collectRows.js';
import type { ProviderRecord } from '../../../schema/metrics/formulas/score/NetworkRecord.js';
import { createShownBuyers, loadBuyers, loadPayments, type Trade } from './loadTrade.js';
import { readRows } from './readRows.js';
import type { Scope } from './Scope.js';

/** A network's trade, with what was paid added up by UTC day. Payments are those of buyers that have an account in common with a provider. */
export interface TradeSums extends Trade {
  readonly prices: ReadonlyMap<number, DayTotal>;
}

/** The same as of all payments, of which there are as many as jobs, and nearly all are asked for in sums only. */
export async function loadTradeSums(
  client: pg.ClientBase,
  scope: Scope,
  providers: readonly ProviderRecord[],
): Promise<TradeSums> {
  const prices = new Map<number, DayTotal>();
  const shown = createShownBuyers();
  await loadBuyers(client, scope, shown);
  await readRows<[string | null, string | null, number | null, number, string | null, number]>(
    client,
    { text: sumsSql, values: [scope.network.id, scope.height] },
    ([buyer, payer, day, from, sum, count]) => {
      if (day !== null) {
        if (count > 0) prices.set(day, { sum: BigInt(sum ?? 0), count });
        return;
      }
      const id = (buyer ?? payer ?? '').toLowerCase();
      shown.show(id, id, from);
      if (payer !== null) shown.show(id, payer.toLowerCase(), from);
    },
  );
  const buyers = shown.list();
  const own = new Set(providers.flatMap(({ accounts }) => accounts.map(({ account }) => account)));
  const linked = buyers.filter(({ id, accounts }) => own.has(id) || accounts.some(({ account }) => own.has(account)));
  const payments =
    linked.length === 0
      ? []
      : await loadPayments(
          client,
          scope,
          linked.map(({ id }) => id),
        );
  return { buyers, payments, prices };
}

/** By buyer and payer since when, and by day how much. */
const sumsSql = `
  select buyer, payer, day, floor(extract(epoch from min(time)))::bigint, sum(amount)::text, count(amount)::int
  from (
    select j.buyer, p.payer, (p.time at time zone 'UTC')::date - date '1970-01-01' as day, p.time,
      case when p.provider_id is not null and p.amount > 0 then p.amount end as amount
    from payout p
    left join job j on j.id = p.job_id
    where p.network_id = $1 and p.height <= $2 and p.for_work and coalesce(j.buyer, p.payer) is not null
  ) as paid
  group by grouping sets ((buyer, payer), (day))
`;

import type pg from 'pg';
import type { DayTotal } from '../../../schema/metrics/formulas/score/collectRows.js';
import type { PaymentRecord, ProviderRecord } from '../../../schema/metrics/formulas/score/NetworkRecord.js';
import { createShownAccounts, listShown } from './createShownAccounts.js';
import type { Recipients } from './loadProviders.js';
import { loadBuyers, loadPayments, type Trade } from './loadTrade.js';
import { readRows } from './readRows.js';
import type { Scope } from './Scope.js';

/** A network's trade, with what was paid added up by UTC day. Payments are those of buyers that have an account in common with a provider. */
export interface TradeSums extends Trade {
  readonly prices: ReadonlyMap<number, DayTotal>;
}

export interface TradeHistory {
  /** Reads payouts from the hour `since` on. Goes first. */
  readonly refreshRecipients: (client: pg.ClientBase, scope: Scope, since: number) => Promise<Recipients>;
  readonly refresh: (
    client: pg.ClientBase,
    scope: Scope,
    options: { readonly since: number; readonly providers: readonly ProviderRecord[] },
  ) => Promise<TradeSums>;
}

/**
 * Trade, taken up from an hour on again and again: who showed which account when, and what was paid in sums. There are as many payments as
 * jobs, and nearly all are asked for in sums only.
 */
export function createTradeHistory(): TradeHistory {
  const recipients = createShownAccounts();
  const shown = createShownAccounts();
  const hours = new Map<number, DayTotal>();
  let payments: readonly PaymentRecord[] = [];
  let known: ReadonlySet<string> = new Set();
  return {
    refreshRecipients: async (client, scope, since) => {
      const from = since * 3_600;
      recipients.cut(from);
      shown.cut(from);
      for (const hour of hours.keys()) if (hour >= since) hours.delete(hour);
      await readPaid(client, scope, since, (row) => {
        if (row.kind === 'recipient') recipients.show(row.provider, row.account, row.from);
        else if (row.kind === 'hour') hours.set(row.hour, { sum: row.sum, count: row.count });
        else {
          shown.show(row.buyer, row.buyer, row.from);
          if (row.payer !== null) shown.show(row.buyer, row.payer, row.from);
        }
      });
      return recipients.list();
    },
    refresh: async (client, scope, { since, providers }) => {
      const from = since * 3_600;
      await loadBuyers(client, scope, shown, from);
      const buyers = listShown(shown.list());
      const own = new Set(providers.flatMap(({ accounts }) => accounts.map(({ account }) => account)));
      const linked = buyers.filter(
        ({ id, accounts }) => own.has(id) || accounts.some(({ account }) => own.has(account)),
      );
      const ids = new Set(linked.map(({ id }) => id));
      // Of a buyer that was known and linked to nobody, payments of before have not been read.
      const late = linked
        .filter(({ id, accounts }) => !known.has(id) && accounts.some((account) => account.from < from))
        .map(({ id }) => id);
      const lately = [...ids].filter((id) => !late.includes(id));
      payments = [
        ...payments.filter(({ buyer, at }) => ids.has(buyer) && at < from),
        ...(lately.length > 0 ? await loadPayments(client, scope, { of: lately, from }) : []),
        ...(late.length > 0 ? await loadPayments(client, scope, { of: late, from: 0 }) : []),
      ];
      known = ids;
      return { buyers, payments, prices: toDays(hours) };
    },
  };
}

function toDays(hours: ReadonlyMap<number, DayTotal>): ReadonlyMap<number, DayTotal> {
  const days = new Map<number, DayTotal>();
  for (const [hour, { sum, count }] of hours) {
    const day = Math.floor(hour / 24);
    const total = days.get(day);
    days.set(day, { sum: (total?.sum ?? 0n) + sum, count: (total?.count ?? 0) + count });
  }
  return days;
}

type Paid =
  | { readonly kind: 'recipient'; readonly provider: string; readonly account: string; readonly from: number }
  | { readonly kind: 'hour'; readonly hour: number; readonly sum: bigint; readonly count: number }
  | { readonly kind: 'buyer'; readonly buyer: string; readonly payer: string | null; readonly from: number };

/** One pass over all payouts of work. */
async function readPaid(
  client: pg.ClientBase,
  { network, height }: Scope,
  since: number,
  onRow: (row: Paid) => void,
): Promise<void> {
  const values = [network.id, height, since];
  await readRows<
    readonly [
      kind: number,
      buyer: string | null,
      payer: string | null,
      hour: number | null,
      provider: string | null,
      recipient: string | null,
      isOwn: boolean | null,
      from: number,
      sum: string | null,
      count: number,
    ]
  >(client, { text: paidSql, values }, ([kind, buyer, payer, hour, provider, recipient, isOwn, from, sum, count]) => {
    if (kind === BY_HOUR) {
      if (count > 0) onRow({ kind: 'hour', hour: hour ?? 0, sum: BigInt(sum ?? 0), count });
    } else if (kind === BY_RECIPIENT) {
      if (isOwn === true && provider !== null && recipient !== null)
        onRow({ kind: 'recipient', provider, account: recipient.toLowerCase(), from });
    } else {
      const id = buyer ?? payer;
      if (id !== null)
        onRow({ kind: 'buyer', buyer: id.toLowerCase(), payer: payer === null ? null : payer.toLowerCase(), from });
    }
  });
}

/** `grouping` of buyer, hour and provider: a bit is set where rows are not grouped by it. */
const BY_HOUR = 0b101;
const BY_RECIPIENT = 0b110;

/**
 * By buyer and payer, and by provider and recipient of its own pay, since when; by hour how much. Materialized, as the planner then knows
 * nothing of the columns: of what it knows it expects as many groups as rows, and sorts all of them three times; there are few.
 */
const paidSql = `
  with paid as materialized (
    select j.buyer, p.payer, floor(date_part('epoch', p.time) / 3600)::int as hour, p.time, p.provider_id, p.recipient,
      p.role = 'provider' as is_own,
      case when p.provider_id is not null and p.amount > 0 and coalesce(j.buyer, p.payer) is not null then p.amount end as amount
    from payout p
    left join job j on j.id = p.job_id
    where p.network_id = $1 and p.height <= $2 and p.for_work and p.time >= to_timestamp($3::bigint * 3600)
  )
  select grouping(buyer, hour, provider_id), buyer, payer, hour, provider_id, recipient, is_own,
    floor(date_part('epoch', min(time)))::bigint, sum(amount)::text, count(amount)::int
  from paid
  group by grouping sets ((buyer, payer), (hour), (provider_id, recipient, is_own))
`;

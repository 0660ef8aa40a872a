import type pg from 'pg';
import type { BuyerRecord, PaymentRecord } from '../../../schema/metrics/formulas/score/NetworkRecord.js';
import { createShownAccounts, listShown, type ShownAccounts } from './createShownAccounts.js';
import { readRows } from './readRows.js';
import type { Scope } from './Scope.js';

export interface Trade {
  /** By id. */
  readonly buyers: readonly BuyerRecord[];
  /** One for each payout, in the order of the chain. */
  readonly payments: readonly PaymentRecord[];
}

/**
 * Who bought, through which accounts, and what was paid to whom. Where pay belongs to no job, as with Livepeer's tickets, whoever
 * paid it is the buyer.
 */
export async function loadTrade(client: pg.ClientBase, scope: Scope): Promise<Trade> {
  const shown = createShownAccounts();
  await loadBuyers(client, scope, shown, 0);
  const payments = await loadPayments(client, scope, { of: null, from: 0, shown });
  return { buyers: listShown(shown.list()), payments };
}

/** Who bought by jobs, and whose money lay in escrow for it, from a time on. */
export async function loadBuyers(
  client: pg.ClientBase,
  { network, height }: Scope,
  { show }: Pick<ShownAccounts, 'show'>,
  from: number,
): Promise<void> {
  const values = [network.id, height, from];
  await readRows<[string, number]>(client, { text: buyersSql, values }, ([buyer, first]) => {
    const id = buyer.toLowerCase();
    show(id, id, first);
  });
  await readRows<[string, string, number, number | null]>(
    client,
    { text: depositorsSql, values },
    ([buyer, account, first, known]) =>
      show(buyer.toLowerCase(), account.toLowerCase(), first, Math.max(first, known ?? first)),
  );
}

export interface PaymentOptions {
  /** Buyers; null: all. */
  readonly of: readonly string[] | null;
  /** Unix seconds. */
  readonly from: number;
  /** Is told of accounts that they show. */
  readonly shown?: Pick<ShownAccounts, 'show'>;
}

export async function loadPayments(
  client: pg.ClientBase,
  { network, height }: Scope,
  { of, from, shown }: PaymentOptions,
): Promise<readonly PaymentRecord[]> {
  const payments: PaymentRecord[] = [];
  const texts = new Map<string, string>();
  // A name is one text however many payments bear it.
  const toOne = (text: string) => {
    const known = texts.get(text) ?? text;
    texts.set(known, known);
    return known;
  };
  await readRows<[string, string | null, string | null, number, string]>(
    client,
    { text: paymentsSql, values: [network.id, height, of, from] },
    ([buyer, provider, payer, at, amount]) => {
      shown?.show(buyer, buyer, at);
      if (payer !== null) shown?.show(buyer, payer, at);
      if (provider === null) return;
      payments.push({ buyer: toOne(buyer), provider: toOne(provider), at, amount: BigInt(amount) });
    },
  );
  return payments;
}

const buyersSql = `
  select buyer, floor(date_part('epoch', min(time)))::bigint
  from job where network_id = $1 and height <= $2 and buyer is not null and time >= to_timestamp($3::bigint)
  group by 1
`;

/**
 * Whose money lay in escrow for a job; moves between accounts are nobody's act for it. Where the job came later than the money it is
 * known by the job.
 */
const depositorsSql = `
  select buyer, account, floor(date_part('epoch', min(time)))::bigint, floor(date_part('epoch', born))::bigint
  from (
    select j.buyer, e.account, e.time, case when e.time < j.time then j.time end as born
    from escrow_change e
    join job j on j.id = e.job_id
    where e.network_id = $1 and e.height <= $2 and e.account is not null and j.buyer is not null
      and e.kind in ('deposited', 'spent') and e.time >= to_timestamp($3::bigint)
    union all
    select j.buyer, e.account, e.time, j.time
    from job j
    join escrow_change e on e.job_id = j.id
    where j.network_id = $1 and j.time >= to_timestamp($3::bigint) and e.network_id = $1 and e.height <= $2
      and e.account is not null and j.buyer is not null and e.kind in ('deposited', 'spent') and e.time < to_timestamp($3::bigint)
  ) as lay
  group by buyer, account, born
`;

const paymentsSql = `
  select coalesce(lower(j.buyer), lower(p.payer)), p.provider_id, lower(p.payer),
    floor(extract(epoch from p.time))::bigint, p.amount::text
  from payout p
  left join job j on j.id = p.job_id
  where p.network_id = $1 and p.height <= $2 and p.for_work and coalesce(j.buyer, p.payer) is not null
    and p.time >= to_timestamp($4::bigint)
    and ($3::text[] is null or coalesce(lower(j.buyer), lower(p.payer)) = any ($3))
  order by p.height, p.log_index, p.part
`;

import type pg from 'pg';
import type {
  AccountRecord,
  BuyerRecord,
  PaymentRecord,
} from '../../../schema/metrics/formulas/score/NetworkRecord.js';
import { compareTexts } from './order.js';
import { readRows } from './readRows.js';
import type { Scope } from './Scope.js';

export interface Trade {
  /** By id. */
  readonly buyers: readonly BuyerRecord[];
  /** Summed by the hour, for scores are made at the beginnings of hours; ascending, then by buyer and provider. */
  readonly payments: readonly PaymentRecord[];
}

type Shown = Map<string, { readonly account: string; readonly reason: AccountRecord['reason']; from: number }>;

/**
 * Who bought, through which accounts, and what was paid to whom. Where pay belongs to no job, as with Livepeer's tickets, whoever
 * paid it is the buyer.
 */
export async function loadTrade(client: pg.ClientBase, { network, height }: Scope): Promise<Trade> {
  const buyers = new Map<string, Shown>();
  const payments = new Map<string, { buyer: string; provider: string; at: number; amount: bigint }>();
  const show = (buyer: string, account: string, from: number) => {
    const accounts: Shown = buyers.get(buyer) ?? new Map();
    buyers.set(buyer, accounts);
    const known = accounts.get(account);
    if (known) known.from = Math.min(known.from, from);
    else accounts.set(account, { account, from, reason: account === buyer ? 'self' : 'payer' });
  };

  const values = [network.id, height];
  await readRows<[string, number]>(client, { text: buyersSql, values }, ([buyer, from]) => show(buyer, buyer, from));
  await readRows<[string, string, number]>(client, { text: depositorsSql, values }, ([buyer, account, from]) =>
    show(buyer, account, from),
  );
  await readRows<[string, string | null, string | null, number, number, string]>(
    client,
    { text: paymentsSql, values },
    ([buyer, provider, payer, at, from, amount]) => {
      show(buyer, buyer, from);
      if (payer !== null) show(buyer, payer, from);
      if (provider === null) return;
      const key = `${at} ${buyer} ${provider}`;
      const payment = payments.get(key);
      if (payment) payment.amount += BigInt(amount);
      else payments.set(key, { buyer, provider, at, amount: BigInt(amount) });
    },
  );
  return { buyers: toBuyers(buyers), payments: [...payments.values()].sort(comparePayments) };
}

const buyersSql = `
  select lower(buyer), floor(extract(epoch from min(time)))::bigint
  from job where network_id = $1 and height <= $2 and buyer is not null
  group by 1
`;

/** Whose money lay in escrow for a job; moves between accounts are nobody's act for it. */
const depositorsSql = `
  select lower(j.buyer), lower(e.account), floor(extract(epoch from min(e.time)))::bigint
  from escrow_change e
  join job j on j.id = e.job_id
  where e.network_id = $1 and e.height <= $2 and e.account is not null and j.buyer is not null
    and e.kind in ('deposited', 'spent')
  group by 1, 2
`;

const paymentsSql = `
  select coalesce(lower(j.buyer), lower(p.payer)), p.provider_id, lower(p.payer),
    floor(extract(epoch from p.time) / 3600)::bigint * 3600, floor(extract(epoch from min(p.time)))::bigint,
    sum(p.amount)::text
  from payout p
  left join job j on j.id = p.job_id
  where p.network_id = $1 and p.height <= $2 and p.for_work and coalesce(j.buyer, p.payer) is not null
  group by 1, 2, 3, 4
`;

function toBuyers(buyers: ReadonlyMap<string, Shown>): readonly BuyerRecord[] {
  return [...buyers]
    .map(([id, accounts]) => ({
      id,
      accounts: [...accounts.values()].sort(
        (one, other) => one.from - other.from || compareTexts(one.account, other.account),
      ),
    }))
    .sort((one, other) => compareTexts(one.id, other.id));
}

function comparePayments(one: PaymentRecord, other: PaymentRecord): number {
  return one.at - other.at || compareTexts(one.buyer, other.buyer) || compareTexts(one.provider, other.provider);
}

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
  /** One for each payout, in the order of the chain. */
  readonly payments: readonly PaymentRecord[];
}

/**
 * Who bought, through which accounts, and what was paid to whom. Where pay belongs to no job, as with Livepeer's tickets, whoever
 * paid it is the buyer.
 */
export async function loadTrade(client: pg.ClientBase, scope: Scope): Promise<Trade> {
  const shown = createShownBuyers();
  await loadBuyers(client, scope, shown);
  const payments = await loadPayments(client, scope, null, shown);
  return { buyers: shown.list(), payments };
}

/** Buyers with the accounts that they showed, each since when it was first seen. */
export interface ShownBuyers {
  readonly show: (buyer: string, account: string, from: number) => void;
  readonly list: () => readonly BuyerRecord[];
}

export function createShownBuyers(): ShownBuyers {
  const buyers = new Map<string, Shown>();
  return {
    show: (buyer, account, from) => {
      const accounts: Shown = buyers.get(buyer) ?? new Map();
      buyers.set(buyer, accounts);
      const known = accounts.get(account);
      if (known) known.from = Math.min(known.from, from);
      else accounts.set(account, { account, from, reason: account === buyer ? 'self' : 'payer' });
    },
    list: () => toBuyers(buyers),
  };
}

type Shown = Map<string, { readonly account: string; readonly reason: AccountRecord['reason']; from: number }>;

/** Who bought by jobs, and whose money lay in escrow for it. */
export async function loadBuyers(
  client: pg.ClientBase,
  { network, height }: Scope,
  { show }: ShownBuyers,
): Promise<void> {
  const values = [network.id, height];
  await readRows<[string, number]>(client, { text: buyersSql, values }, ([buyer, from]) => show(buyer, buyer, from));
  await readRows<[string, string, number]>(client, { text: depositorsSql, values }, ([buyer, account, from]) =>
    show(buyer, account, from),
  );
}

/** What was paid by some buyers, or by all (null), of whom it shows accounts. */
export async function loadPayments(
  client: pg.ClientBase,
  { network, height }: Scope,
  of: readonly string[] | null,
  shown?: ShownBuyers,
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
    { text: paymentsSql, values: [network.id, height, of] },
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
    floor(extract(epoch from p.time))::bigint, p.amount::text
  from payout p
  left join job j on j.id = p.job_id
  where p.network_id = $1 and p.height <= $2 and p.for_work and coalesce(j.buyer, p.payer) is not null
    and ($3::text[] is null or coalesce(lower(j.buyer), lower(p.payer)) = any ($3))
  order by p.height, p.log_index, p.part
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

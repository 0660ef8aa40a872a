import type pg from 'pg';
import { matchGpu } from '../../../schema/hardware/matchGpu.js';
import type { AccountRecord, ProviderRecord } from '../../../schema/metrics/formulas/score/NetworkRecord.js';
import { createShownAccounts, type ShownAccount } from './createShownAccounts.js';
import { compareTexts } from './order.js';
import { readRows } from './readRows.js';
import type { Scope } from './Scope.js';

type Hardware = ProviderRecord['hardware'];

/** The providers of a network by id, with the accounts that are theirs by their own acts and what their machines are. */
export async function loadProviders(
  client: pg.ClientBase,
  scope: Scope,
  recipients: Recipients,
): Promise<readonly ProviderRecord[]> {
  const { rows } = await client.query<{ id: string; born: number }>(
    `select id, floor(extract(epoch from time))::bigint as born from provider
     where network_id = $1 and height <= $2 order by id collate "C"`,
    [scope.network.id, scope.height],
  );
  const accounts = await loadAccounts(client, scope);
  for (const [provider, own] of recipients) {
    for (const { account, from } of own) accounts.add(provider, { account, from, reason: 'recipient' });
  }
  const hardware = await loadHardware(client, scope);
  return rows.map(({ id, born }) => ({
    ...{ id, bornAt: born, accounts: accounts.list(id), hardware: hardware.get(id) ?? [] },
  }));
}

/** By provider the accounts that its own pay went to, each since when. */
export type Recipients = ReadonlyMap<string, readonly ShownAccount[]>;

/**
 * The provider's own pay alone says who it is: of an iExec pool's workers each has pay and stake of its own, and is paid by many
 * pools.
 */
export async function loadRecipients(client: pg.ClientBase, { network, height }: Scope): Promise<Recipients> {
  const shown = createShownAccounts();
  const text = `
    select provider_id, recipient, floor(extract(epoch from min(time)))::bigint
    from payout
    where network_id = $1 and height <= $2 and provider_id is not null and recipient is not null and role = 'provider'
    group by 1, 2`;
  await readRows<[string, string, number]>(
    client,
    { text, values: [network.id, height] },
    ([provider, account, from]) => shown.show(provider, account.toLowerCase(), from),
  );
  return shown.list();
}

/** By provider, in the order of time; those that its pay went to are others'. */
async function loadAccounts(client: pg.ClientBase, { network, height, beforeHour }: Scope) {
  const accounts = new Map<string, AccountRecord[]>();
  const add = (provider: string, account: AccountRecord) => {
    const own = accounts.get(provider);
    if (own) own.push(account);
    else accounts.set(provider, [account]);
  };
  const values = [network.id, height, beforeHour];
  await readRows<[string, string, AccountRecord['reason'], number]>(
    client,
    { text: accountsSql, values },
    ([provider, account, reason, from]) => add(provider, { account, from, reason }),
  );
  const list = (provider: string) =>
    (accounts.get(provider) ?? []).sort(
      (one, other) =>
        one.from - other.from || compareTexts(one.account, other.account) || compareTexts(one.reason, other.reason),
    );
  return { add, list };
}

/** A version's time is that of the block it was born in. Of an iExec pool's workers each has stake of its own. */
const accountsSql = `
  select provider_id, account, reason, floor(extract(epoch from min(time)))::bigint
  from (
    select id as provider_id, lower(native_id) as account, 'self' as reason, time
    from provider where network_id = $1 and height <= $2
    union all
    select v.provider_id, lower(v.owner), 'owner',
      (select b.time from block b where b.chain_id = v.chain_id and b.height = v.height_from)
    from provider_version v join provider p on p.id = v.provider_id and p.network_id = $1
    where v.owner is not null and v.height_from <= $2
    union all
    select provider_id, lower(account), 'staker', time
    from stake_change
    where network_id = $1 and height <= $2 and provider_id is not null and kind = 'locked'
      and node_id is distinct from network_id || ':' || lower(account)
    union all
    select n.provider_id, '0x' || encode(d.account, 'hex'), 'delegate', d.opened_at
    from delegation d
    cross join lateral unnest(d.nodes) as scope (node_key)
    join heartbeat_node n on n.node_key = scope.node_key and n.network_id = $1
    where n.provider_id is not null and d.opened_at < to_timestamp($3::bigint * 3600)
  ) as shown
  where time is not null
  group by provider_id, account, reason
`;

interface Machine {
  readonly provider: string | null;
  readonly model: string;
  readonly gpus: number;
}

/**
 * By provider, from when on which model was that of the most GPUs in its machines, by its id in the catalogue of GPUs; of equally
 * many the first by name. Null: a model that the catalogue does not know, whatever it is called. Machines that are off the market
 * do not count, and where all of them are, the last model stands.
 */
async function loadHardware(client: pg.ClientBase, { network, height }: Scope): Promise<ReadonlyMap<string, Hardware>> {
  const machines = new Map<string, Machine>();
  const stocks = new Map<string, Map<string, number>>();
  const histories = new Map<string, { from: number; model: string | null }[]>();
  const toModel = createModelNames();
  const touched = new Set<string>();
  let time = 0;

  const close = () => {
    for (const provider of touched) {
      const history = histories.get(provider) ?? [];
      const largest = findLargest(stocks.get(provider) ?? new Map<string, number>());
      const model = largest === UNKNOWN ? null : largest;
      if (model !== undefined && history.at(-1)?.model !== model) history.push({ from: time, model });
      histories.set(provider, history);
    }
    touched.clear();
  };
  const move = ({ provider, model, gpus }: Machine, sign: 1 | -1) => {
    if (provider === null) return;
    const stock = stocks.get(provider) ?? new Map<string, number>();
    stock.set(model, (stock.get(model) ?? 0) + sign * gpus);
    stocks.set(provider, stock);
    touched.add(provider);
  };

  await readRows<[string, string | null, boolean | null, string | null, number | null, number]>(
    client,
    { text: hardwareSql, values: [network.id, height] },
    ([node, provider, active, gpuModel, gpuCount, at]) => {
      if (at !== time) close();
      time = at;
      const before = machines.get(node);
      if (before) move(before, -1);
      const gpus = active === false ? 0 : Math.max(1, gpuCount ?? 1);
      const machine = { provider, model: toModel(gpuModel ?? ''), gpus };
      machines.set(node, machine);
      move(machine, 1);
    },
  );
  close();
  return histories;
}

const hardwareSql = `
  select v.node_id, v.provider_id, v.active, v.gpu_model, v.gpu_count,
    (select floor(extract(epoch from b.time))::bigint from block b
     where b.chain_id = v.chain_id and b.height = v.height_from) as at
  from node_version v
  join node n on n.id = v.node_id and n.network_id = $1
  where v.height_from <= $2
  order by v.height_from, v.node_id collate "C"
`;

const UNKNOWN = '';

function findLargest(stock: ReadonlyMap<string, number>): string | undefined {
  const [largest] = [...stock]
    .filter(([, gpus]) => gpus > 0)
    .sort(([one, ones], [other, others]) => others - ones || compareTexts(one, other));
  return largest?.[0];
}

function createModelNames(): (claim: string) => string {
  const names = new Map<string, string>();
  return (claim) => {
    const known = names.get(claim) ?? matchGpu(claim).model?.id ?? UNKNOWN;
    names.set(claim, known);
    return known;
  };
}

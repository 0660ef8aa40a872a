import type pg from 'pg';
import type { AccountRecord, ProviderRecord } from '../../../schema/metrics/formulas/score/NetworkRecord.js';
import { createShownAccounts, type ShownAccount } from './createShownAccounts.js';
import type { Hardware } from './loadHardware.js';
import { compareTexts } from './order.js';
import { readRows } from './readRows.js';
import type { Scope } from './Scope.js';

/** The providers of a network by id, with the accounts that are theirs by their own acts and what their machines are. */
export async function loadProviders(
  client: pg.ClientBase,
  scope: Scope,
  { recipients, hardware }: { readonly recipients: Recipients; readonly hardware: ReadonlyMap<string, Hardware> },
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

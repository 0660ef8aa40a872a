import type { Database } from '../../database/createDatabase.js';
import { type ChildRow, type ParentKey, perParent, toParentParameters } from '../../database/perParent.js';
import type { QuoteRow } from './Quote.js';

/**
 * What the last good answer of each target says: a price that it no longer names has gone, and one of a target that does
 * not answer stays, however old. A target is asked for one provider or for all of a network.
 */
const ofLastAnswers = `
  r.probe = t.probe and r.target = t.target and r.observer = t.observer and r.last_seen = t.last_success
    and r.day = (t.last_success at time zone 'utc')::date
`;

/** The columns of a reading, and since when it has been the same in every answer. */
const reading = `
  r.amount, r.token as "tokenId", r.unit, r.scale, r.basis, r.resource, r.node_id as node, null::text as job,
  'PROBE' as source, null::int8 as height, r.last_seen as "observedAt",
  case when r.valid_until >= now() then 'FRESH' else 'STALE' end as freshness, r.source_url as "sourceUrl",
  r.attributes, r.network_id, r.thing, (select n.chain_id from network n where n.id = r.network_id) as "chainId",
  null::int4 as "logIndex"
`;

/** Never earlier than what is known: where a price went away and came back within a day, the return counts. */
const since = `
  select coalesce(min(same.first_seen), quote."observedAt") as at from price_reading same
  where same.network_id = quote.network_id and same.thing = quote.thing and same.amount = quote.amount
    and same.first_seen > coalesce((
      select max(other.last_seen) from price_reading other
      where other.network_id = quote.network_id and other.thing = quote.thing and other.amount <> quote.amount
        and other.last_seen <= quote."observedAt"), '-infinity')
`;

const columns = `
  quote.amount, quote."tokenId", quote.unit, quote.scale, quote.basis, quote.resource, quote.node, quote.job,
  quote.source, quote.height, quote."observedAt", quote.freshness, quote."sourceUrl", quote.attributes,
  quote."chainId", quote."logIndex",
  case when quote.resource = 'gpu' then 1
    when quote.attributes ->> 'gpuCount' ~ '^[1-9][0-9]{0,5}$' then (quote.attributes ->> 'gpuCount')::int4
    when quote.resource is null then v.gpu_count end as "gpuCount"
`;

/** A price of `gpu` is for one; a machine's is for all that the answer names, or that it had when a log priced it. */
const hardware = `
  left join node_version v on v.node_id = quote.node and v.height_from <= quote.height
    and (v.height_to is null or v.height_to > quote.height)
`;

const byThing = 'quote.source, quote.basis, quote.resource nulls first, quote.unit, quote.node nulls first, quote.job';

/**
 * The last word on each thing that a provider prices, on chain (by index price_provider) and off it (by index
 * price_reading_provider).
 */
export function listPricesOfProviders(database: Database, keys: readonly ParentKey[]): Promise<ChildRow<QuoteRow>[]> {
  return database.query(
    perParent(`
      select ${columns}, case when quote.source = 'CHAIN' then quote."observedAt" else held.at end as at
      from (
        (select distinct on (p.basis, p.unit, p.resource, p.node_id) p.amount, p.token as "tokenId", p.unit, p.scale,
          p.basis, p.resource, p.node_id as node, p.job_id as job, 'CHAIN' as source, p.height, p.time as "observedAt",
          null as freshness, null as "sourceUrl", '{}'::jsonb as attributes, null as network_id, null::bytea as thing,
          p.chain_id as "chainId", p.log_index as "logIndex"
        from price p where p.provider_id = k.parent
        order by p.basis, p.unit, p.resource, p.node_id, p.height desc, p.log_index desc, p.part desc)
        union all
        select ${reading}
        from provider
        join probe_target t on t.network_id = provider.network_id
          and (t.provider_id = provider.id or t.provider_id is null)
        join price_reading r on r.provider_id = provider.id and ${ofLastAnswers}
        where provider.id = k.parent
        order by source, basis, resource nulls first, unit, node nulls first, job limit k.first
      ) as quote
      cross join lateral (${since}) as held
      ${hardware}
      order by ${byThing}
    `),
    toParentParameters(keys),
  );
}

/** What buyers offer on a network to any provider, by index price_reading_target. */
export function listBidsOfNetworks(database: Database, keys: readonly ParentKey[]): Promise<ChildRow<QuoteRow>[]> {
  return database.query(
    perParent(`
      select ${columns}, held.at
      from (
        select ${reading}
        from probe_target t
        join price_reading r on r.network_id = t.network_id and ${ofLastAnswers}
        where t.network_id = k.parent and r.basis = 'bid' and r.provider_id is null
        order by resource, unit limit k.first
      ) as quote
      cross join lateral (${since}) as held
      ${hardware}
      order by ${byThing}
    `),
    toParentParameters(keys),
  );
}

import type { ChainPoint } from './AsOf.js';
import type { Bounds } from './Bounds.js';

/** Totals are kept per block: those of a point are what later blocks added taken off, or earlier ones added up, as is less. */
export const totals = { network: toNetworks, provider: toProviders };

/** Past half of the chain there is less above than below. */
const isPastHalf = ({ height, headHeight }: ChainPoint) => height * 2 >= headHeight;

/** The rows of a `*_delta` that are added up, of chain and subject `alias`. */
function toRange({ perChain }: Bounds, alias: string): string {
  const above = perChain(alias, (point) => `${isPastHalf(point) ? point.height : -1}::int8`);
  const upTo = perChain(alias, (point) => `${isPastHalf(point) ? point.headHeight : point.height}::int8`);
  return `d.height > ${above} and d.height <= ${upTo}`;
}

function toTotals({ perChain }: Bounds, alias: string, columns: Readonly<Record<string, string>>): string {
  return Object.entries(columns)
    .map(([column, type]) => {
      const sum = `coalesce(d.${column}, 0)`;
      const total = perChain(alias, (point) => (isPastHalf(point) ? `${alias}.${column} - ${sum}` : sum));
      return `(${total})::${type} as ${column}`;
    })
    .join(', ');
}

const toSums = (columns: readonly string[]) => columns.map((column) => `sum(d.${column}) as ${column}`).join(', ');

const ofNetwork = {
  ...{ providers: 'int8', nodes: 'int8', jobs: 'int8', tasks: 'int8', tasks_completed: 'int8', tasks_failed: 'int8' },
  ...{ stake: 'numeric', paid: 'numeric' },
};

/** A network is known from before its first block. */
function toNetworks(bounds: Bounds): string {
  return `
    select n.id, n.chain_id, n.protocol, n.title, n.summary, n.recorded, n.notice, n.capabilities, n.work_token, n.stake_token,
      ${toTotals(bounds, 'n', ofNetwork)}, n.conservation, n.final_deadline
    from network n
    left join lateral (
      select ${toSums(Object.keys(ofNetwork))} from network_delta d
      where d.chain_id = n.chain_id and d.network_id = n.id and ${toRange(bounds, 'n')}
    ) as d on true`;
}

const ofProvider = {
  ...{ jobs: 'int8', tasks_completed: 'int8', tasks_failed: 'int8' },
  ...{ stake: 'numeric', rewarded: 'numeric', slashed: 'numeric', paid: 'numeric' },
};

const attributes = ['owner', 'name', 'uri', 'active', 'terms', 'altered'] as const;

function toProviders(bounds: Bounds): string {
  const { height, holds, chains } = bounds;
  const ranges = chains.filter(({ rangeFrom }) => rangeFrom !== null);
  const isEmpty = (name: string) => name === 'terms' || name === 'altered';
  return `
    select p.id, p.network_id, p.chain_id, p.native_id, p.height, p.time,
      ${attributes.map((name) => (isEmpty(name) ? `coalesce(v.${name}, '{}') as ${name}` : `v.${name}`)).join(', ')},
      ${ranges.length === 0 ? toTotals(bounds, 'p', ofProvider) : addRange(toTotals(bounds, 'p', ofProvider))},
      greatest(coalesce(last.height, p.height)${ranges.length > 0 ? ', part.last_height' : ''}) as last_height,
      greatest(coalesce(last.time, p.time)${ranges.length > 0 ? ', part.last_time' : ''}) as last_time
    from provider p
    left join lateral (
      select v.* from provider_version v
      where v.provider_id = p.id and v.height_from <= ${height('p')} order by v.height_from desc limit 1
    ) as v on true
    left join lateral (
      select ${toSums(Object.keys(ofProvider))} from provider_delta d
      where d.provider_id = p.id and ${toRange(bounds, 'p')}
    ) as d on true
    left join lateral (
      select l.height, l.time from provider_delta l
      where l.provider_id = p.id and l.height <= ${height('p')} order by l.height desc limit 1
    ) as last on true
    ${ranges.length > 0 ? joinRanges(ranges, height('p')) : ''}
    where ${holds('p')}`;
}

function addRange(columns: string): string {
  return Object.keys(ofProvider).reduce(
    (sql, column) =>
      sql.replace(
        `)::${ofProvider[column as keyof typeof ofProvider]} as ${column}`,
        ` + coalesce(part.${column}, 0)$&`,
      ),
    columns,
  );
}

/** What the begin of a range added to those of whom it has one row, from its facts; `providerDeltas.sql` of the audit says the same. */
function joinRanges(ranges: readonly ChainPoint[], height: string): string {
  return `
    left join (
      select fact.provider_id, ${Object.keys(ofProvider)
        .map((column) => `sum(fact.${column}) as ${column}`)
        .join(', ')}, max(fact.height) as last_height, max(fact.time) as last_time
      from (${ranges.map(toRangeFacts).join(' union all ')}) as fact
      group by fact.provider_id
    ) as part on part.provider_id = p.id and exists (
      select from provider_delta whole
      where whole.provider_id = p.id and whole.height > ${height} and whole.height_from <= ${height})`;
}

function toRangeFacts({ chainId, rangeFrom, height }: ChainPoint): string {
  const lies = `chain_id = ${chainId} and height between ${rangeFrom} and ${height}`;
  const steps = (select: string, condition: string) => `
    select step.height, step.time, ${select} from (
      select r.*, lag(runs) over of_job as ran, coalesce(lag(kind) over of_task, '') as kind_before
      from (
        select n.*, first_value(provider_id) over (partition by job_id, named_so_far order by height, log_index, part) as runs
        from (
          select s.*, count(provider_id) over (partition by job_id order by height, log_index, part) as named_so_far
          from job_step s
          where s.height <= ${height} and s.job_id in (select job_id from job_step where ${lies})
        ) n
      ) r
      window of_job as (partition by job_id order by height, log_index, part),
        of_task as (partition by job_id, task_id order by height, log_index, part)
    ) step where step.height >= ${rangeFrom} and ${condition}`;
  return `
    ${steps(
      `runs as provider_id, 1 as jobs, 0 as tasks_completed, 0 as tasks_failed, 0::numeric as stake, 0::numeric as rewarded,
        0::numeric as slashed, 0::numeric as paid`,
      'runs is distinct from ran and runs is not null',
    )}
    union all
    ${steps('ran, -1, 0, 0, 0, 0, 0, 0', 'runs is distinct from ran and ran is not null')}
    union all
    ${steps(
      `runs, 0, (kind = 'completed')::int - (kind_before = 'completed')::int,
        (kind = 'failed')::int - (kind_before = 'failed')::int, 0, 0, 0, 0`,
      `task_id is not null and runs is not null
        and (kind in ('completed', 'failed') or kind_before in ('completed', 'failed'))`,
    )}
    union all
    select height, time, provider_id, 0, 0, 0, delta, case kind when 'rewarded' then amount else 0 end,
      case when kind = 'slashed' and delta <> 0 then amount else 0 end, 0
    from stake_change where ${lies} and provider_id is not null
    union all
    select height, time, provider_id, 0, 0, 0, 0, 0, 0, amount
    from payout where ${lies} and provider_id is not null and for_work`;
}

import type { SubjectKind } from '../../../schema/metrics/MetricDefinition.js';
import type { Database } from '../../database/createDatabase.js';
import type { LineageRule } from './LineageRule.js';
import { toLineageSql } from './toLineageSql.js';

/** A bucket of a figure, with what its rows are looked up by. */
export interface LineageQuestion {
  readonly rule: LineageRule;
  readonly kind: SubjectKind;
  readonly subjectKey: number;
  readonly metric: string;
  readonly grain: 'hour' | 'day';
  readonly networkId: string;
  readonly from: Date;
  readonly to: Date;
  /** What narrows the network to the subject; null: nothing does. */
  readonly narrow: string | null;
  /** How machines of the class write their model; null where the subject is none. */
  readonly models: readonly string[] | null;
}

export interface LineageCountRow {
  /** Null in the last row, which is of all. */
  readonly source: string | null;
  readonly kind: string | null;
  readonly count: number;
  readonly numerator: string | null;
  readonly denominator: string | null;
  readonly samples: number;
}

/** How many rows there are of each kind, and what all of them come to. */
export function countLineage(database: Database, question: LineageQuestion): Promise<LineageCountRow[]> {
  const { rule, kind, grain } = question;
  const { num = 'sum(f.num)', den = 'sum(f.den)', n = 'count(*)' } = rule.total ?? {};
  return database.query(
    `${toLineageSql(rule, kind, grain)}
     select f.source, f.kind, count(*)::int8 as count, trim_scale((${num})::numeric)::text as numerator,
       trim_scale((${den})::numeric)::text as denominator, (${n})::int8 as samples
     from f group by grouping sets ((f.source, f.kind), ()) order by f.source nulls last, f.kind`,
    toParameters(question),
  );
}

export interface LineageFactRow {
  readonly id: string;
  readonly source: string;
  readonly kind: string;
  readonly at: Date;
  /** Microseconds of unix time: `at`, exact. */
  readonly place: string;
  readonly chainId: number | null;
  readonly height: number | null;
  /** Of its log; null: none says it. */
  readonly logIndex: number | null;
  readonly name: string | null;
  readonly transaction: Buffer | null;
  readonly blockHash: Buffer | null;
  readonly provider: string | null;
  readonly node: string | null;
  readonly job: string | null;
  readonly task: string | null;
  readonly numerator: string | null;
  readonly denominator: string | null;
  readonly measure: string | null;
  readonly detail: unknown;
}

export interface LineagePlace {
  readonly place: string;
  readonly id: string;
}

/** Rows in the order of time, from behind a place on; each with the log that says it, looked up by the key of table event. */
export function listLineage(
  database: Database,
  question: LineageQuestion,
  page: { readonly after: LineagePlace | null; readonly limit: number },
): Promise<LineageFactRow[]> {
  const { rule, kind, grain } = question;
  return database.query(
    `${toLineageSql(rule, kind, grain)},
     -- What is told of a row is made for those of the page alone.
     page as materialized (
       select f.time, f.key from f
       where $8::int8 is null or (f.time, f.key collate "C") > (timestamptz 'epoch' + $8 * interval '1 microsecond', $9::text)
       order by f.time, f.key collate "C" limit $10
     )
     select f.key as id, f.source, f.kind, f.time as at, (extract(epoch from f.time) * 1000000)::int8::text as place, f.chain_id as "chainId", f.height,
       coalesce(f.log_index, e.log_index) as "logIndex", e.name, e.tx_hash as transaction, e.block_hash as "blockHash",
       f.provider_id as provider, f.node_id as node, f.job_id as job, f.task_id as task, trim_scale(f.num)::text as numerator,
       trim_scale(f.den)::text as denominator, trim_scale(round(f.measure, 6))::text as measure, f.detail
     from (
       select f.* from f
       where f.time between (select min(time) from page) and (select max(time) from page) and f.key in (select key from page)
     ) as f
     left join lateral (
       select e.log_index, e.name, e.tx_hash, e.block_hash from event e
       where e.chain_id = f.chain_id and e.height = f.height
         and case when f.log_index is not null then e.log_index = f.log_index else f.about in (e.node_id, e.provider_id, e.job_id) end
       order by e.log_index limit 1
     ) as e on true
     order by f.time, f.key collate "C"`,
    [...toParameters(question), page.after?.place ?? null, page.after?.id ?? null, page.limit],
  );
}

function toParameters(question: LineageQuestion): readonly unknown[] {
  const { networkId, from, to, narrow, models, subjectKey, metric } = question;
  return [networkId, from, to, narrow, models ?? [], subjectKey, metric];
}

/** Models as machines of a network have ever written them; few, for a model is one text for many machines. */
export async function listModels(database: Database, networkId: string): Promise<readonly string[]> {
  const rows = await database.query<{ readonly model: string }>(
    `select distinct v.gpu_model as model from node n join node_version v on v.node_id = n.id
     where n.network_id = $1 and v.gpu_model <> ''`,
    [networkId],
  );
  return rows.map(({ model }) => model);
}

export interface EvidenceRow {
  readonly evidence: string;
  readonly evidenceWeight: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What the score of a day was made from: that of the midnight with which it ends, or of the last hour within it. */
export async function findEvidence(
  database: Database,
  { subjectKey, from, to }: { readonly subjectKey: number; readonly from: Date; readonly to: Date },
): Promise<EvidenceRow | undefined> {
  const [row] = await database.query<EvidenceRow>(
    `select c.evidence, trim_scale(c.evidence_weight)::text as "evidenceWeight", c.detail
     from score c
     where c.subject_key = $1 and c.hour > floor(extract(epoch from $2::timestamptz) / 3600)::int8
       and c.hour <= floor(extract(epoch from $3::timestamptz) / 3600)::int8
     order by c.hour desc limit 1`,
    [subjectKey, from, to],
  );
  return row;
}

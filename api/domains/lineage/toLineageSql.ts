import { readFileSync } from 'node:fs';
import type { SubjectKind } from '../../../schema/metrics/MetricDefinition.js';
import { type LineagePart, type LineageRule, type LineageSourceName, lineageSources } from './LineageRule.js';

/**
 * The rows of a bucket as a common table expression `f`. Parameters: $1 the network, $2 and $3 where the bucket begins and ends, $4 what
 * narrows it to the subject (id of the provider or operator, address of the buyer, class, region), $5 the names by which machines of
 * the class go, $6 and $7 the number of the subject and the id of the metric.
 */
export function toLineageSql(rule: LineageRule, kind: SubjectKind, grain: 'hour' | 'day'): string {
  const more = rule.skipsHours && grain === 'day' ? [hasHour] : [];
  const parts = rule.parts.map((part) => toPart(part, [ofSubject[kind], ...more]));
  // Each parameter stands somewhere, whichever of them a source takes.
  return `with asked as (select $1::text, $2::timestamptz, $3::timestamptz, $4::text, $5::text[], $6::int4, $7::text),
    f as not materialized (${parts.join(' union all ')})`;
}

function toPart({ source, where, num, den, measure, days }: LineagePart, asked: readonly string[]): string {
  const conditions = [...asked, ...(where ? [`(${where})`] : [])].filter((one) => one !== 'true');
  return `
    select f.source || ':' || f.kind || ':' || f.id as key, f.source, f.kind, f.time, f.chain_id, f.height, f.log_index, f.about,
      f.provider_id, f.node_id, f.buyer, f.job_id, f.task_id, (${num ?? 'null'})::numeric as num, (${den ?? 'null'})::numeric as den,
      (${measure ?? 'null'})::numeric as measure, f.detail
    from (${sources[source].replaceAll('{from}', toBegin(days))}) as f
    ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}`;
}

function toBegin(days: LineagePart['days']): string {
  if (days === undefined) return '$2::timestamptz';
  return days === 'all' ? "'-infinity'::timestamptz" : `($3::timestamptz - interval '${days} days')`;
}

const hasHour = `exists (
      select from metric_hour h
      where h.subject_key = $6 and h.metric_key = (select m.metric_key from metric m where m.id = $7)
        and h.hour = floor(extract(epoch from f.time) / 3600)::int)`;

const ofSubject: Readonly<Record<SubjectKind, string>> = {
  network: 'true',
  provider: 'f.provider_id = $4',
  operator: 'f.provider_id in (select m.provider_id from operator_member m where m.operator_id = $4)',
  buyer: 'f.buyer = $4',
  hardware: 'f.hardware = $4',
  region: 'f.region = $4',
  node: 'f.node_id = $4',
};

const sources = readSources();

function readSources(): Readonly<Record<LineageSourceName, string>> {
  const placed = read('placed');
  return Object.fromEntries(lineageSources.map((name) => [name, read(name).replaceAll('{placed}', placed)])) as Record<
    LineageSourceName,
    string
  >;
}

function read(name: string): string {
  return readFileSync(new URL(`./sql/${name}.sql`, import.meta.url), 'utf8').trimEnd();
}

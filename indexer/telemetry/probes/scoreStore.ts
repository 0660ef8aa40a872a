import type pg from 'pg';
import type { ProbedScore } from './Probe.js';
import type { TargetKey } from './readingStore.js';

export interface Scored extends TargetKey {
  readonly providerId: string;
  readonly sourceUrl: string;
  /** When the answer was complete. */
  readonly at: Date;
}

/**
 * Adds what a source measured. A measurement has one row, whenever and however often it is told; where the source changes
 * its mind, its latest word stands.
 */
export async function writeScores(
  client: pg.ClientBase,
  { networkId, providerId, probe, observer, sourceUrl, at }: Scored,
  scores: readonly ProbedScore[],
): Promise<void> {
  const rows = keepOne(scores);
  if (rows.length === 0) return;
  await client.query(upsert, [
    ...[networkId, providerId, probe, observer, sourceUrl, at],
    ...[rows.map(({ region }) => region), rows.map(({ metric }) => metric)],
    ...[rows.map(({ measuredAt }) => new Date(measuredAt)), rows.map(({ value }) => String(value))],
  ]);
}

/** Of two values of one measurement the greater: which that is does not hang on their order. */
function keepOne(scores: readonly ProbedScore[]): readonly ProbedScore[] {
  const kept = new Map<string, ProbedScore>();
  for (const score of scores) {
    const key = JSON.stringify([score.region, score.metric, score.measuredAt]);
    const known = kept.get(key);
    if (!known || score.value > known.value) kept.set(key, score);
  }
  return [...kept.values()];
}

const upsert = `
  insert into score_reading as r (network_id, provider_id, probe, observer, source_url, last_seen, region, metric,
    source_time, value)
  select $1, $2, $3, $4, $5, $6, region, metric, source_time, value
  from unnest($7::text[], $8::text[], $9::timestamptz[], $10::bigint[]) as given (region, metric, source_time, value)
  on conflict (network_id, provider_id, probe, region, metric, source_time, observer) do update set
    last_seen = excluded.last_seen, value = excluded.value, source_url = excluded.source_url
  where (excluded.last_seen, excluded.value, excluded.source_url) > (r.last_seen, r.value, r.source_url)
`;

/** Forgets what was measured before a day. */
export async function pruneScores(pool: pg.Pool, before: Date): Promise<number> {
  return (await pool.query('delete from score_reading where source_time < $1', [before])).rowCount ?? 0;
}

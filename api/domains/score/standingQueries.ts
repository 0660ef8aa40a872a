import type { Database } from '../../database/createDatabase.js';

/** The key of a row of table score. */
export interface StandingKey {
  readonly subjectKey: number;
  readonly hour: number;
}

export interface StandingRow {
  readonly peers: number;
  readonly below: number;
  readonly equal: number;
}

/**
 * Where scores stand among those of the same hour, network and kind that stand on any evidence; none of one that has none itself. Each
 * hour of a network is put in order once, however many of its scores are asked for; by index score_hour.
 */
export function listStandings(
  database: Database,
  keys: readonly StandingKey[],
): Promise<(StandingRow & { readonly ordinal: number })[]> {
  return database.query(standings, [keys.map(({ subjectKey }) => subjectKey), keys.map(({ hour }) => hour)]);
}

const standings = `
  with asked as (
    select k.ordinal, k.hour, s.subject_key, s.network_id, s.kind
    from unnest($1::int[], $2::int[]) with ordinality as k (subject_key, hour, ordinal)
    join metric_subject s on s.subject_key = k.subject_key
  ), placed as (
    select c.subject_key, c.hour, count(*) over crowd - 1 as peers, rank() over (crowd order by c.score) - 1 as below,
      count(*) over (partition by c.hour, s.network_id, s.kind, c.score) - 1 as equal
    from (select distinct network_id, kind, hour from asked) as a
    join score c on c.hour = a.hour
    join metric_subject s on s.subject_key = c.subject_key and s.network_id = a.network_id and s.kind = a.kind
    where c.evidence <> 'none' and c.score is not null
    window crowd as (partition by c.hour, s.network_id, s.kind)
  )
  select a.ordinal, p.peers::int, p.below::int, p.equal::int
  from asked a join placed p on p.subject_key = a.subject_key and p.hour = a.hour
`;

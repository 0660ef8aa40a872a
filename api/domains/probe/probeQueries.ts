import type { Database } from '../../database/createDatabase.js';

export interface ProbeRow {
  readonly networkId: string;
}

export function listProbes(database: Database): Promise<ProbeRow[]> {
  return database.query(`
    select t.probe as id, t.network_id as "networkId", count(*) as targets,
      count(*) filter (where t.last_success + t.interval_seconds * interval '3 seconds' >= now()) as fresh,
      count(*) filter (where t.failures > 0) as failing, sum(t.prices) as prices, sum(t.refused) as refused,
      max(t.last_success) as "lastSuccess",
      (array_agg(t.error_text order by t.last_attempt desc) filter (where t.error_text is not null))[1] as "lastError"
    from probe_target t
    group by t.network_id, t.probe order by t.network_id, t.probe
  `);
}

import type pg from 'pg';

/** How an endpoint does, as of now. */
export interface EndpointRow {
  /** Without path, query and user of the URL, which often hold keys. */
  readonly name: string;
  readonly role: string;
  readonly state: string;
  readonly requests: number;
  readonly calls: number;
  readonly bytes: number;
  readonly failures: number;
  readonly faults: number;
  readonly lastFault: { readonly reason: string; readonly detail: string; readonly at: Date } | undefined;
  readonly latencyMs: number | undefined;
  /** Requests per second. */
  readonly rateLimit: number | undefined;
  readonly headHeight: number | undefined;
  readonly setAsideUntil: Date | undefined;
}

/** Makes the chain's scorecard say exactly this: an endpoint that is no longer configured leaves it. */
export async function recordEndpoints(
  pool: pg.Pool,
  chainId: number,
  endpoints: readonly EndpointRow[],
): Promise<void> {
  await pool.query(upsert, [chainId, JSON.stringify(endpoints.map(toRow))]);
}

/** Both parts see the table as it was: what is named is upserted, the rest removed. */
const upsert = `
  with given as (
    select * from jsonb_to_recordset($2::jsonb) as given (
      name text, role text, state text, requests bigint, calls bigint, bytes bigint, failures bigint, faults bigint,
      fault_reason text, fault_detail text, fault_at timestamptz, latency_ms integer, rate_limit integer,
      head_height bigint, set_aside_until timestamptz)
  ),
  gone as (
    delete from endpoint where chain_id = $1 and name not in (select name from given)
  )
  insert into endpoint (chain_id, name, role, state, requests, calls, bytes, failures, faults, fault_reason,
    fault_detail, fault_at, latency_ms, rate_limit, head_height, set_aside_until, updated_at)
  select $1, name, role, state, requests, calls, bytes, failures, faults, fault_reason,
    fault_detail, fault_at, latency_ms, rate_limit, head_height, set_aside_until, now()
  from given
  on conflict (chain_id, name) do update set
    role = excluded.role, state = excluded.state, requests = excluded.requests, calls = excluded.calls,
    bytes = excluded.bytes, failures = excluded.failures, faults = excluded.faults,
    fault_reason = excluded.fault_reason, fault_detail = excluded.fault_detail, fault_at = excluded.fault_at,
    latency_ms = excluded.latency_ms, rate_limit = excluded.rate_limit, head_height = excluded.head_height,
    set_aside_until = excluded.set_aside_until, updated_at = excluded.updated_at
`;

function toRow(endpoint: EndpointRow): Readonly<Record<string, unknown>> {
  const { name, role, state, requests, calls, bytes, failures, faults, lastFault } = endpoint;
  return {
    ...{ name, role, state, requests, calls, bytes, failures, faults },
    fault_reason: lastFault?.reason,
    fault_detail: lastFault?.detail,
    fault_at: lastFault?.at,
    latency_ms: round(endpoint.latencyMs),
    rate_limit: round(endpoint.rateLimit),
    head_height: endpoint.headHeight,
    set_aside_until: endpoint.setAsideUntil,
  };
}

function round(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Math.round(value);
}

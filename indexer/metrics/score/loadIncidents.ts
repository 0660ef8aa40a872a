import type pg from 'pg';
import type { FlagReason } from '../../../schema/heartbeat/flagReasons.js';
import { toEventId } from '../../../schema/lib/ids.js';
import type { IncidentRecord } from '../../../schema/metrics/formulas/score/NetworkRecord.js';
import { compareTexts } from './order.js';
import type { Scope } from './Scope.js';

/** What a provider was caught at: its stake slashed, and odd beats, once a day for each node and reason. In the order of time. */
export async function loadIncidents(client: pg.ClientBase, scope: Scope): Promise<readonly IncidentRecord[]> {
  const incidents = [...(await loadSlashes(client, scope)), ...(await loadFlags(client, scope))];
  return incidents.sort(
    (one, other) =>
      one.at - other.at ||
      compareTexts(one.provider, other.provider) ||
      compareTexts(one.kind, other.kind) ||
      compareTexts(one.evidenceId, other.evidenceId),
  );
}

/** A worker's stake that is taken within a pool costs the provider nothing (`delta` is zero), and is the worker's doing. */
async function loadSlashes(client: pg.ClientBase, { network, height }: Scope): Promise<readonly IncidentRecord[]> {
  const { rows } = await client.query<{ provider: string; at: number; chain: number; height: number; log: number }>(
    `select distinct provider_id as provider, floor(extract(epoch from time))::bigint as at, chain_id as chain, height,
       log_index as log
     from stake_change
     where network_id = $1 and height <= $2 and kind = 'slashed' and provider_id is not null and delta < 0`,
    [network.id, height],
  );
  return rows.map(({ provider, at, chain, height: place, log }) => ({
    ...{ provider, kind: 'slash', at },
    evidenceId: toEventId({ chainId: chain, height: place, logIndex: log }),
  }));
}

async function loadFlags(client: pg.ClientBase, { network, beforeHour }: Scope): Promise<readonly IncidentRecord[]> {
  const { rows } = await client.query<{ node: string; provider: string; day: number; hour: number; kind: FlagReason }>(
    `select n.node_id as node, n.provider_id as provider, f.hour / 24 as day, min(f.hour) as hour, f.reason as kind
     from beat_flag f
     join heartbeat_node n on n.node_key = f.node_key and n.network_id = $1
     where f.hour < $2 and n.provider_id is not null
     group by 1, 2, 3, 5`,
    [network.id, beforeHour],
  );
  return rows.map(({ node, provider, day, hour, kind }) => ({
    ...{ provider, kind, at: hour * 3_600, evidenceId: `${node}/${day}` },
  }));
}

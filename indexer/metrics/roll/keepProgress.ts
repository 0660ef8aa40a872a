import type pg from 'pg';
import { METRIC_CHANNEL } from '../../../schema/lib/channels.js';
import type { RollContext } from './RollStep.js';

/**
 * Notes how far a network is rolled: to the head, or to the end of the last hour of a turn after which more is left. The next
 * turn begins with the hour in which that time lies. Whoever listens is told by a `MetricNotice` when the turn has ended.
 */
export async function keepProgress(
  client: pg.ClientBase,
  to: {
    readonly network: RollContext['network'];
    readonly head: RollContext['head'];
    /** Last hour that is rolled. */
    readonly hour: number;
    readonly methodDigest: string;
  },
): Promise<{ readonly height: number | null; readonly time: Date }> {
  const { network, head, hour, methodDigest } = to;
  const { rows } = await client.query<{ height: number | null; time: Date }>(
    `with kept as (insert into metric_progress (network_id, rolled_time, rolled_height, method_digest)
     values ($1,
       case when $2::bigint >= $5::bigint then $3::timestamptz else to_timestamp(($2::bigint + 1) * 3600) end,
       case when $2::bigint >= $5::bigint then $4::bigint else
         (select max(b.height) from block b join network n on n.chain_id = b.chain_id
          where n.id = $1 and b.time < to_timestamp(($2::bigint + 1) * 3600))
       end, $6)
     on conflict (network_id) do update
       set rolled_time = excluded.rolled_time, rolled_height = excluded.rolled_height, method_digest = excluded.method_digest
     returning network_id, rolled_height as height, rolled_time as time)
     select height, time, pg_notify('${METRIC_CHANNEL}', json_build_object('network', network_id, 'height', height)::text)
     from kept`,
    [network.id, hour, head.time, head.height, head.hour, methodDigest],
  );
  return rows[0] ?? { height: null, time: head.time };
}

import { MIN_OUTAGE_SLOTS } from '../../../schema/metrics/formulas/reliability/outageRuns.js';
import type { Bounds } from './Bounds.js';
import type { ToTable } from './facts.js';

/** All but those that say what came later. */
const outcomeColumns = [
  ...['job_id', 'task_id', 'part', 'network_id', 'chain_id', 'provider_id', 'node_id', 'buyer', 'kind', 'known_from'],
  ...['height', 'log_index', 'derived', 'assigned_time', 'started_time', 'deadline', 'gpu_model', 'gpus', 'region'],
  ...['hardware', 'price', 'price_scale'],
];

function isPaidLater(time: string): string {
  return `t.paid_time > ${time}`;
}

/**
 * Readings, and the metrics that are made of them and of facts: buckets that were over, what was received or worked out by
 * then. Of what is kept only as it stands now nothing is known of the past.
 */
export const readings = {
  ...of(
    ['node_verdict', 'node_hour', 'network_hour', 'beat_flag', 'reach_hour', 'reach_blind', 'metric_hour'],
    (table) => {
      return ({ unit }) => `select t.* from ${table} t where t.hour < ${unit(HOUR)}`;
    },
  ),
  ...of(['node_day', 'network_day', 'metric_day', 'removed_pair'], (table) => {
    return ({ unit }) => `select t.* from ${table} t where t.day < ${unit(DAY)}`;
  }),
  ...of(
    ['score'],
    (table) =>
      ({ unit }) =>
        `select t.* from ${table} t where t.hour <= ${unit(HOUR)}`,
  ),
  ...of(['node_standing', 'window_end'], (table) => {
    return ({ unit }) => `select t.* from ${table} t where t.to_hour <= ${unit(HOUR)}`;
  }),
  ...of(['observer_slot', 'heartbeat', 'node_hardware'], (table) => {
    return ({ unit }) => `select t.* from ${table} t where t.slot < ${unit(MINUTE)}`;
  }),
  // They all end with the last hour that is settled of their network.
  uptime_window: ({ unit }: Bounds) => `
    select t.* from uptime_window t
    where (select e.to_hour from metric_subject s join window_end e on e.network_id = s.network_id
      where s.subject_key = t.subject_key) <= ${unit(HOUR)}`,
  heartbeat_node: ({ unit }: Bounds) => `select t.* from heartbeat_node t where t.first_slot < ${unit(MINUTE)}`,
  // Which minutes of one are unknown it does not say: of one that runs across the point they count as down. It is one from its
  // second minute on, and is over from the minute after its last.
  outage: ({ unit }: Bounds) => `
    select t.node_key, t.from_slot, least(t.last_slot, ${unit(MINUTE)} - 1) as last_slot,
      least(t.down, ${unit(MINUTE)} - t.from_slot) as down, t.ended and t.last_slot < ${unit(MINUTE)} - 1 as ended
    from outage t where t.from_slot <= ${unit(MINUTE)} - ${MIN_OUTAGE_SLOTS}`,
  metric_progress: ({ height, time, chains }: Bounds) => `
    select t.network_id, least(t.rolled_time, ${time}) as rolled_time,
      ${chains.length > 0 ? `nullif(least(t.rolled_height, (select ${height('n')} from network n where n.id = t.network_id)), -1)` : 'null::int8'}
        as rolled_height, t.method_digest
    from metric_progress t`,
  score_reading: ({ time }: Bounds) => `select t.* from score_reading t where t.source_time <= ${time}`,
  maintenance_notice: ({ time }: Bounds) => `select t.* from maintenance_notice t where t.received_at <= ${time}`,
  delegation: ({ time }: Bounds) => `select t.* from delegation t where t.opened_at <= ${time}`,
  // What was known then is known to this day, as far as was known then; and later blocks may be of the same second.
  task_outcome: ({ time, height }: Bounds) => `
    select ${outcomeColumns.map((name) => `t.${name}`).join(', ')},
      null::timestamptz as known_to,
      case when ${isPaidLater(time)} then null else t.paid end as paid,
      case when ${isPaidLater(time)} then null else t.fee end as fee,
      case when ${isPaidLater(time)} then null else t.paid_time end as paid_time
    from task_outcome t
    where t.known_from <= ${time} and (t.known_to is null or t.known_to > ${time})
      and (t.height is null or t.height <= ${height('t')})`,
  ...of(
    [
      ...[
        'node_hour_open',
        'task_running',
        'endpoint',
        'probe_target',
        'price_reading',
        'beat_batch',
        'sync_plan',
        'mark',
      ],
      'operator_member',
    ],
    (table) => () => `select t.* from ${table} t where false`,
  ),
};

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

function of<Table extends string>(tables: readonly Table[], toTable: (table: Table) => ToTable) {
  return Object.fromEntries(tables.map((table) => [table, toTable(table)])) as Record<Table, ToTable>;
}

export interface DerivedTable {
  readonly name: string;
  /** From and where that name the rows of the network $1, as `t`. */
  readonly rows: string;
  /** How a person names a row: an expression over those. */
  readonly title: string;
}

/** Everything that a roller writes, and may drop and make again. The numbers of subjects and metrics stay. */
export const derivedTables: readonly DerivedTable[] = [
  {
    name: 'task_outcome',
    rows: 'task_outcome t where t.network_id = $1',
    title: `format('task %s, part %s', t.task_id, t.part)`,
  },
  {
    name: 'task_running',
    rows: 'task_running t where t.network_id = $1',
    title: `format('task %s', t.task_id)`,
  },
  {
    name: 'outage',
    rows: 'outage t join heartbeat_node n on n.node_key = t.node_key where n.network_id = $1',
    title: `format('%s from slot %s', n.node_id, t.from_slot)`,
  },
  {
    name: 'uptime_window',
    rows: 'uptime_window t join metric_subject s on s.subject_key = t.subject_key where s.network_id = $1',
    title: `format('%s %s over %s days', s.kind, s.id, t.days)`,
  },
  {
    name: 'window_end',
    rows: 'window_end t where t.network_id = $1',
    title: `'the end of windows'`,
  },
  {
    name: 'removed_pair',
    rows: 'removed_pair t where t.network_id = $1',
    title: `format('buyer %s and %s on %s, %s', t.buyer, t.provider_id, date '1970-01-01' + t.day, t.reason)`,
  },
  {
    name: 'operator_member',
    rows: 'operator_member t where t.network_id = $1',
    title: 't.provider_id',
  },
  {
    name: 'metric_hour',
    rows: `metric_hour t join metric_subject s on s.subject_key = t.subject_key join metric m on m.metric_key = t.metric_key
      where s.network_id = $1`,
    title: `format('%s of %s %s at %s', m.id, s.kind, s.id, timestamp '1970-01-01' + t.hour * interval '1 hour')`,
  },
  {
    name: 'metric_day',
    rows: `metric_day t join metric_subject s on s.subject_key = t.subject_key join metric m on m.metric_key = t.metric_key
      where s.network_id = $1`,
    title: `format('%s of %s %s on %s', m.id, s.kind, s.id, date '1970-01-01' + t.day)`,
  },
  {
    name: 'score',
    rows: 'score t join metric_subject s on s.subject_key = t.subject_key where s.network_id = $1',
    title: `format('%s %s at %s', s.kind, s.id, timestamp '1970-01-01' + t.hour * interval '1 hour')`,
  },
];

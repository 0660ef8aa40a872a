import type { Nature } from './Lineage.js';

const readings = new Set([
  ...[
    'beat_flag',
    'delegation',
    'heartbeat_node',
    'maintenance_notice',
    'node_hour',
    'node_verdict',
    'observer_slot',
    'outage',
  ],
  ...['node_day', 'price_reading'],
]);
const derived = new Set([
  'metric_day',
  'operator_member',
  'removed_pair',
  'score',
  'task_outcome',
  'task_running',
  'uptime_window',
]);
const setup = new Set(['network', 'token']);

/** Where the rows of a table are known from. Hours, days and outages of machines follow from readings alone, and count as such. */
export function toNature(table: string): Nature {
  if (readings.has(table)) return 'reading';
  if (derived.has(table)) return 'derived';
  return setup.has(table) ? 'setup' : 'fact';
}

import type { UptimeDay } from './components/UptimeDays.js';
import { toCsv } from './toCsv.js';
import { toCsvResponse } from './toCsvResponse.js';

/** Days of a provider or a node as a file; uptime is up / known, empty where nothing was known. */
export function toUptimeCsv(id: string, days: readonly UptimeDay[], head: readonly (readonly string[])[]): Response {
  const csv = toCsv([
    ['title', 'Uptime by day'],
    [
      'definition',
      'Minutes with a signed heartbeat, of those that are known; minutes in which nobody could have seen one are not',
    ],
    ['unit', 'minutes of all its nodes'],
    ['subject', id],
    ...head,
    [],
    ['day', 'nodes', 'up', 'known', 'expected', 'uptime', 'in progress'],
    ...days.map(({ date, nodes, up, known, expected, uptimeRaw, inProgress }) => [
      ...[date, String(nodes), up, known, expected],
      ...[uptimeRaw === null ? null : String(uptimeRaw), inProgress ? 'yes' : 'no'],
    ]),
  ]);
  return toCsvResponse(`uptime-${id}`, csv);
}

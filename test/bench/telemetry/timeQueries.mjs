import { createDatabase } from '../../../dist/api/database/createDatabase.js';
import { listReliability } from '../../../dist/api/domains/heartbeat/reliabilityQueries.js';
import { listMostReliableNodes } from '../../../dist/api/domains/heartbeat/standingQueries.js';
import { listNetworkDays } from '../../../dist/api/domains/heartbeat/uptimeQueries.js';
import { toSpan, toToday, toWeekAgo } from '../../../dist/api/domains/heartbeat/windows.js';
import { NETWORK } from './seedWorld.mjs';

/** Medians in ms of the statements that the API runs, each for another node where it asks for one. */
export async function timeQueries({ databaseUrl, nodes, samples, median }) {
  const database = createDatabase(databaseUrl);
  const now = new Date();
  const span = toSpan('d30', now);
  const network = (first) => [{ parent: NETWORK, first }];
  const queries = {
    "one node's 30-day uptime": (index) =>
      listReliability(database, { kind: 'node', ids: [toNodeId(index, nodes)], span }),
    'a network by day over 90 days': () => listNetworkDays(database, network(90), toToday(now)),
    'the 100 most reliable nodes': () => listMostReliableNodes(database, network(100), toWeekAgo(now)),
  };
  try {
    const results = {};
    for (const [name, ask] of Object.entries(queries)) {
      const times = [];
      for (let index = 0; index < samples; index++) {
        const began = performance.now();
        const rows = await ask(index);
        times.push(performance.now() - began);
        if (rows.length === 0) throw new Error(`${name}: nothing was found`);
      }
      results[name] = median(times);
    }
    return results;
  } finally {
    await database.close();
  }
}

function toNodeId(index, nodes) {
  return `${NETWORK}:0x${(((index * 37) % nodes) + 1).toString(16).padStart(64, '0')}`;
}

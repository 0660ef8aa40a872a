/** Windows and scores of a network from nothing but what the steps before them wrote. Prints one line of JSON. */
import { createPlan } from '../../../dist/indexer/metrics/createPlan.js';
import { rollWindows } from '../../../dist/indexer/metrics/reliability/rollWindows.js';
import { rollPairs } from '../../../dist/indexer/metrics/score/rollPairs.js';
import { createPool } from '../../../dist/schema/database.js';
import { getNetwork } from '../../../dist/schema/protocols/protocols.js';

const [databaseUrl, networkId] = process.argv.slice(2);
const pool = createPool(databaseUrl, { role: 'bench', max: 1 });
const client = await pool.connect();
try {
  const { definition: network, manifest } = getNetwork(networkId);
  const { rows } = await client.query(
    `select c.height, c.block_time as time, floor(extract(epoch from c.block_time) / 3600)::int as hour,
       (select floor(extract(epoch from min(b.time)) / 3600)::int from block b where b.chain_id = c.chain_id) as first
     from chain c join network n on n.chain_id = c.chain_id where n.id = $1`,
    [networkId],
  );
  const [{ first, ...head }] = rows;
  const hours = Array.from({ length: head.hour - first + 1 }, (_, index) => first + index);
  await client.query('begin isolation level repeatable read');
  await client.query(
    'delete from uptime_window w using metric_subject s where s.subject_key = w.subject_key and s.network_id = $1',
    [networkId],
  );
  await client.query(
    'delete from score c using metric_subject s where s.subject_key = c.subject_key and s.network_id = $1',
    [networkId],
  );
  const began = performance.now();
  const context = { client, network, manifest, head, hours, isRebuild: true };
  await rollWindows(context);
  // As a turn does it: pairs and scores rest on the same sums, and are made together.
  await rollPairs(context);
  for (const step of createPlan().lastSteps) await step(context);
  const seconds = (performance.now() - began) / 1_000;
  await client.query('rollback');
  process.stdout.write(JSON.stringify({ seconds, memoryMb: process.resourceUsage().maxRSS / 1_024 }));
} finally {
  client.release();
  await pool.end();
}

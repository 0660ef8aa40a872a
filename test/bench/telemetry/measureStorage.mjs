import { createHash } from 'node:crypto';
import { copyBeats } from '../../../dist/indexer/telemetry/beats/copyBeats.js';
import { ensureHours, ensureSlots } from '../../../dist/indexer/telemetry/beats/partitions.js';
import { registerNodes, registerObserver } from '../../../dist/indexer/telemetry/beats/registerNodes.js';
import { writeAlive } from '../../../dist/indexer/telemetry/beats/writeAlive.js';
import { writeHours } from '../../../dist/indexer/telemetry/beats/writeHours.js';
import { closeHours } from '../../../dist/indexer/telemetry/rollup/closeHours.js';
import { createPool, migrate } from '../../../dist/schema/database.js';
import { FULL_HOUR } from '../../../dist/schema/heartbeat/slots.js';
import { seedFacts } from './seedWorld.mjs';

/** As the trials of data-layer: 390 nodes over 90 days, about a tenth of the node-hours without a beat. */
const full = { nodes: 390, days: 90, rawHours: 24, times: 10, samples: 200 };
const small = { nodes: 120, days: 32, rawHours: 24, times: 10, samples: 20 };
const HOUR_MS = 3_600_000;

/** What a beat costs on disk, and how long its rollups take to read, now and at ten times the nodes. */
export async function measureStorage({ server, quick, say, toRow, median }) {
  const size = quick ? small : full;
  const databaseUrl = await server.createDatabase('bench_telemetry');
  await migrate(databaseUrl);
  const pool = createPool(databaseUrl, { role: 'bench', max: 4 });
  try {
    const toHour = Math.floor(Date.now() / HOUR_MS) - 1;
    const fromHour = toHour - size.days * 24;
    const world = await writeWorld(pool, { ...size, fromHour, toHour });
    say(
      `storage: ${world.beats} beats in ${world.nodeHours} node-hours written in ${world.writeSeconds.toFixed(1)} s, closed in ${world.closeSeconds.toFixed(1)} s`,
    );
    await pool.query('vacuum analyze');
    const kept = await readSize(pool, ['node_hour', 'node_verdict']);
    const raw = await readSize(pool, ['heartbeat']);
    const rows = [
      toRow('kept for ever, node-hour and verdict', 'bytes/beat', kept / world.beats, { max: 4 }),
      toRow('while raw', 'bytes/beat', raw / world.rawBeats, { max: 75 }),
      toRow('hours closed', 'node-hours/s', world.nodeHours / world.closeSeconds),
    ];
    const { timeQueries } = await import('./timeQueries.mjs');
    const once = await timeQueries({ databaseUrl, nodes: size.nodes, samples: size.samples, median });
    await multiply(pool, size);
    const many = await timeQueries({ databaseUrl, nodes: size.nodes, samples: size.samples, median });
    say(`storage: queries ${JSON.stringify({ once, many })}`);
    for (const [name, bar] of Object.entries(queryBars)) {
      rows.push(toRow(`${name}, ${(world.beats / 1e6).toFixed(1)} M beats`, 'ms', once[name], { max: bar }));
      rows.push(toRow(`${name}, ${size.times} times the beats`, 'ms', many[name]));
      rows.push(
        toRow(`${name}: ${size.times} times the beats to once`, 'ratio', many[name] / once[name], { max: 1.3 }),
      );
    }
    return rows;
  } finally {
    await pool.end();
  }
}

const queryBars = {
  "one node's 30-day uptime": 1,
  'a network by day over 90 days': 10,
  'the 100 most reliable nodes': 5,
};

async function writeWorld(pool, { nodes, rawHours, fromHour, toHour }) {
  const client = await pool.connect();
  try {
    const ids = await seedFacts(client, nodes, { hoursAgo: toHour - fromHour + 48 });
    const keys = await registerNodes(client, ids);
    const observer = await registerObserver(client, { name: 'bench', networkGroup: 'bench' });
    await ensureHours(client, fromHour, toHour);
    await ensureSlots(client, (toHour - rawHours) * 60, toHour * 60 + 59);
    const began = performance.now();
    let beats = 0;
    let nodeHours = 0;
    for (let hour = fromHour; hour < toHour; hour += 24) {
      const rows = [];
      const alive = [];
      for (let one = hour; one < Math.min(toHour, hour + 24); one++) {
        for (let slot = one * 60; slot < one * 60 + 60; slot++) alive.push({ observer, slot, bits: FULL_HOUR });
        for (const [index, nodeKey] of keys.entries()) {
          const up = drawBits(index, one);
          if (up === 0n) continue;
          rows.push({ nodeKey, hour: one, observer, up, late: 0n });
          nodeHours += 1;
          beats += count(up);
        }
      }
      await client.query('begin');
      await writeAlive(client, alive);
      await writeHours(client, rows);
      await client.query('commit');
    }
    const rawBeats = await writeRaw(client, { keys, observer, fromHour: toHour - rawHours, toHour });
    const writeSeconds = (performance.now() - began) / 1_000;
    const closing = performance.now();
    await closeHours({ pool, now: (toHour + 1) * HOUR_MS, minObservers: 1 });
    return { beats, nodeHours, rawBeats, writeSeconds, closeSeconds: (performance.now() - closing) / 1_000 };
  } finally {
    client.release();
  }
}

/** A beat with all its readings, as an agent on a machine with a GPU sends it. */
async function writeRaw(client, { keys, observer, fromHour, toHour }) {
  let written = 0;
  for (let hour = fromHour; hour < toHour; hour++) {
    const beats = [];
    for (let slot = hour * 60; slot < hour * 60 + 60; slot++) {
      for (const [index, nodeKey] of keys.entries()) {
        if ((drawBits(index, hour) & (1n << BigInt(slot % 60))) === 0n) continue;
        const dice = toDice(`beat ${index} ${slot}`);
        beats.push({
          ...{ nodeKey, slot, late: false, digest: dice.readBigInt64BE(8) },
          ...{ sentCs: dice[0] * 20, receivedCs: dice[0] * 20 + 3, rttUs: 10_000 + dice.readUInt16BE(1) },
          ...{
            utilPermille: dice.readUInt16BE(3) % 1_001,
            memoryPermille: dice.readUInt16BE(5) % 1_001,
            jobs: dice[7] % 8,
          },
        });
      }
    }
    written += beats.length;
    await client.query('begin');
    await copyBeats(client, [{ delegationKey: 1, counter: hour % 2 ** 31, observer, beats }]);
    await client.query('commit');
  }
  return written;
}

/** Nine hours of ten are there, each with a minute or two missing now and then. */
function drawBits(node, hour) {
  const dice = toDice(`hour ${node} ${hour}`);
  if (dice[0] < 26) return 0n;
  if (dice[1] > 25) return FULL_HOUR;
  return FULL_HOUR & ~(1n << BigInt(dice[2] % 60)) & ~(1n << BigInt(dice[3] % 60));
}

function toDice(text) {
  return createHash('sha256').update(text).digest();
}

function count(bits) {
  let total = 0;
  for (let rest = bits; rest > 0n; rest &= rest - 1n) total += 1;
  return total;
}

/** The size of tables with their partitions and indexes. */
async function readSize(pool, tables) {
  const { rows } = await pool.query(
    `select sum(pg_total_relation_size(relid)) as bytes from unnest($1::text[]) as name, pg_partition_tree(name::regclass)`,
    [tables],
  );
  return Number(rows[0].bytes);
}

/** Every node once more, and again, in all that is read and in all that lies beside it. */
async function multiply(pool, { nodes, times }) {
  const copies = `generate_series(1, ${times - 1}) as copy`;
  const key = `node_key + copy * ${nodes}`;
  await pool.query(
    `insert into heartbeat_node (node_key, node_id, network_id, provider_id, first_slot) overriding system value
     select ${key}, node_id || '-' || copy, network_id, provider_id, first_slot from heartbeat_node, ${copies}`,
  );
  await pool.query(
    `insert into node_hour (node_key, hour, observer, up, late, rtt_sum_us, rtt_max_us, util_sum_permille, rtt_count, util_count)
     select ${key}, hour, observer, up, late, rtt_sum_us, rtt_max_us, util_sum_permille, rtt_count, util_count
     from node_hour, ${copies}`,
  );
  await pool.query(
    `insert into node_verdict (node_key, hour, up, known, expected, maintenance)
     select ${key}, hour, up, known, expected, maintenance from node_verdict, ${copies}`,
  );
  const columns = 'up, known, expected, maintenance, maintenance_up';
  const sums = 'late, rtt_count, util_count, rtt_sum_us, rtt_max_us, util_sum_permille';
  await pool.query(
    `insert into node_day (node_key, day, ${columns}, ${sums}) select ${key}, day, ${columns}, ${sums} from node_day, ${copies}`,
  );
  await pool.query(
    `insert into node_standing (node_key, network_id, to_hour, ${columns}, uptime_ppm)
     select ${key}, network_id, to_hour, ${columns}, uptime_ppm from node_standing, ${copies}`,
  );
  await pool.query(
    `update network_day set nodes = nodes * ${times}, up = up * ${times}, known = known * ${times}, expected = expected * ${times}`,
  );
  await pool.query('vacuum analyze');
}

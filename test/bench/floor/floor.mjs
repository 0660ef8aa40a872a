/**
 * The floor: the least work in Node that leads to the same state with one row per event stored, on the same node and the
 * same Postgres. It knows neither reorgs nor a head to follow, so it is a bound, not a product; what it does, it does as
 * fast as we know how. `node floor.mjs '{"rpcUrl":"…","databaseUrl":"…","folder":"…","logTime":false}'`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { createRpcClient } from '../chain/rpcClient.mjs';
import { createFold } from './foldLogs.mjs';
import { writeChanges } from './writeChanges.mjs';

const { rpcUrl, databaseUrl, folder, topics, logTime } = JSON.parse(process.argv[2]);
const meta = JSON.parse(readFileSync(join(folder, 'meta.json'), 'utf8'));

/** Events to a transaction, ranges fetched ahead, headers to a request, depth of what counts as final. */
const BATCH_EVENTS = 10_000;
const AHEAD = 4;
const HEADERS_PER_REQUEST = 100;
const FINAL_DEPTH = 64;
const FIRST_RANGE = 10;
const LAST_RANGE = 10_000;

const rpc = createRpcClient(rpcUrl);
const client = new pg.Client({ connectionString: databaseUrl });
await client.connect();
await client.query(readFileSync(new URL('floorTables.sql', import.meta.url), 'utf8'));
await sync();
await client.query(`
  create index on job (node_id); create index on job (status); create index on job (client);
  create index on stake (node_id); create index on stake (time);
  create index on payout (node_id); create index on payout (time); create index on payout (job_id);
`);
await client.query('update progress set done = true');
// Its memory is read before it is ended.
setInterval(() => undefined, 60_000);

async function sync() {
  const fold = createFold(topics);
  const head = Number(await rpc.call('eth_blockNumber')) - FINAL_DEPTH;
  const queue = [];
  let next = meta.startBlock;
  let range = FIRST_RANGE;
  let events = 0;
  const fill = () => {
    while (queue.length < AHEAD && next <= head) {
      const to = Math.min(head, next + range - 1);
      queue.push(fetchRange(next, to));
      next = to + 1;
    }
  };
  for (fill(); queue.length > 0; ) {
    const { from, to, logs, timeOf } = await queue.shift();
    const density = Math.max(0.01, logs.length / (to - from + 1));
    range = Math.max(1, Math.min(LAST_RANGE, range * 4, Math.round(BATCH_EVENTS / density)));
    fill();
    events += logs.length;
    await writeChanges(client, fold(logs, timeOf), [to, events]);
  }
}

async function fetchRange(from, to) {
  const filter = { address: meta.address, topics: [Object.values(topics)], fromBlock: toHex(from), toBlock: toHex(to) };
  const logs = await rpc.call('eth_getLogs', filter);
  if (logTime) return { from, to, logs, timeOf: (log) => parseInt(log.blockTimestamp, 16) };
  const heights = [...new Set(logs.map((log) => log.blockNumber))];
  const requests = [];
  for (let first = 0; first < heights.length; first += HEADERS_PER_REQUEST) {
    const calls = heights.slice(first, first + HEADERS_PER_REQUEST);
    requests.push(rpc.batch(calls.map((height) => ['eth_getBlockByNumber', height, false])));
  }
  const blocks = (await Promise.all(requests)).flat();
  const times = new Map(blocks.map((block) => [block.number, parseInt(block.timestamp, 16)]));
  return { from, to, logs, timeOf: (log) => times.get(log.blockNumber) };
}

function toHex(value) {
  return `0x${value.toString(16)}`;
}

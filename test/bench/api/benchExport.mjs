/**
 * Files of one list: how fast a reader has all of its rows, and what that takes of the server's memory. `benchExport` measures on the
 * Postgres of `server`, else on one of its own, and gives rows of the benchmark's table.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { withoutIndexes } from '../metrics/withoutIndexes.mjs';
import { openServer } from '../run/openServer.mjs';
import { median, say, toRow } from '../run/rows.mjs';

const folder = fileURLToPath(new URL('../../../.data/bench/', import.meta.url));
const sizes = { full: 5_000_000, quick: 200_000 };
const bars = { csv: { min: 200_000 }, memory: { max: 300 } };

/** @param {{ quick?: boolean, runs?: number, server?: object }} options */
export async function benchExport({ quick = false, runs = quick ? 1 : 3, server: given } = {}) {
  const size = quick ? sizes.quick : sizes.full;
  mkdirSync(folder, { recursive: true });
  const server = given ?? (await openServer(join(folder, 'postgres')));
  try {
    const databaseUrl = await openPayouts(server, size);
    const rows = [];
    // A server of its own for each format, as its peak is for all that it ever did.
    for (const format of ['csv', 'ndjson', 'parquet']) {
      // Encoded by the server itself, Parquet takes several times as long.
      const count = format === 'parquet' ? size / 5 : size;
      rows.push(...(await measureOrSay({ server, databaseUrl, format, size: count, runs })));
    }
    return rows;
  } finally {
    if (!given) await server.stop();
  }
}

/** One format that fails is a row that says why; the others are measured all the same. */
async function measureOrSay(options) {
  try {
    return await measure(options);
  } catch (thrown) {
    return [toRow(toTitle(options), 'rows/s', Number.NaN, bars[options.format], String(thrown.message ?? thrown))];
  }
}

function toTitle({ size, format }) {
  return `export of ${size.toLocaleString('en')} rows as ${format}`;
}

async function measure({ server, databaseUrl, format, size, runs }) {
  const subject = await startServer(databaseUrl);
  try {
    const measured = [];
    for (let run = 0; run < runs; run++) {
      const before = { server: (await subject.ask()).cpuSeconds, postgres: server.cpuSeconds() };
      const began = performance.now();
      const { rows, bytes } = await readFile(`${subject.url}/export/payouts.${format}?first=${size}`, format);
      const seconds = (performance.now() - began) / 1_000;
      if (rows !== size) throw new Error(`Expected ${size} rows as ${format}, got ${rows}.`);
      const after = await subject.ask();
      measured.push({ perSecond: rows / seconds, peakMb: after.peakMb });
      say(
        `${format}: ${rows} rows, ${(bytes / 1e6).toFixed(0)} MB in ${seconds.toFixed(1)} s; seconds of processor: ` +
          `server ${(after.cpuSeconds - before.server).toFixed(1)}, Postgres ${(server.cpuSeconds() - before.postgres).toFixed(1)}; ` +
          `peak ${after.peakMb.toFixed(0)} MB`,
      );
    }
    const title = toTitle({ size, format });
    return [
      toRow(
        title,
        'rows/s',
        median(measured, ({ perSecond }) => perSecond),
        bars[format],
      ),
      toRow(`${title}: memory of the server`, 'MB', Math.max(...measured.map(({ peakMb }) => peakMb)), bars.memory),
    ];
  } finally {
    await subject.stop();
  }
}

async function startServer(databaseUrl) {
  const child = fork(new URL('serveExport.mjs', import.meta.url), [databaseUrl], {
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const hear = async () => {
    const [message] = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => [undefined])]);
    if (typeof message !== 'object') throw new Error('Expected the server to answer, but it ended.');
    return message;
  };
  const { url } = await hear();
  return {
    url,
    ask() {
      child.send('cost');
      return hear();
    },
    async stop() {
      process.off('exit', kill);
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

/** Rows are counted by what the file itself is made of. */
async function readFile(url, format) {
  const response = await fetch(url, { headers: { 'accept-encoding': 'identity' } });
  if (response.status !== 200)
    throw new Error(`Expected a file at ${url}, got ${response.status} ${await response.text()}`);
  let bytes = 0;
  let lines = 0;
  let notes = 0;
  let tail = Buffer.alloc(0);
  for await (const chunk of response.body) {
    const part = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    if (format === 'parquet') tail = Buffer.concat([tail, part]).subarray(-TAIL_BYTES);
    else {
      // What stands before the rows comes with the first of them.
      if (bytes < FIRST_BYTES)
        notes += part
          .toString('latin1')
          .split('\n')
          .filter((line) => line.startsWith('#') || line.startsWith('{"_meta"')).length;
      for (let at = part.indexOf(10); at >= 0; at = part.indexOf(10, at + 1)) lines += 1;
    }
    bytes += part.length;
  }
  if (format !== 'parquet') return { rows: lines - notes - (format === 'csv' ? 1 : 0), bytes };
  return { rows: await countParquetRows(tail), bytes };
}

const FIRST_BYTES = 100_000;
const TAIL_BYTES = 16 * 2 ** 20;

async function countParquetRows(tail) {
  const { parquetMetadata } = await import('hyparquet');
  return Number(parquetMetadata(tail.buffer.slice(tail.byteOffset, tail.byteOffset + tail.length)).num_rows);
}

/** A database with so many payouts, which is kept for the next time. */
async function openPayouts(server, size) {
  const name = `bench_export_${size}`;
  const kept = await server.findDatabase?.(name);
  const url = kept ?? (await server.createDatabase(name));
  if (!kept) {
    say(`writing ${size} payouts`);
    await seedPayouts(url, size);
  }
  return url;
}

async function seedPayouts(url, size) {
  const { migrate } = await import('../../../dist/schema/database.js');
  await migrate(url);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("set synchronous_commit = off; set work_mem = '256MB'; set jit = off");
    await client.query(chain, [Math.ceil(size / 4)]);
    await withoutIndexes(client, ['payout'], () => client.query(payouts, [size]));
    await client.query('vacuum analyze payout');
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
}

const chain = `
  insert into chain (chain_id, name, recorded, phase, height, block_hash, block_time, head_height, head_time, seen_at)
  values (31339, 'Bench', false, 'live', $1, sha256('head'), now(), $1, now(), now())`;

/** Four in a block, a block a minute, of a thousand providers. */
const payouts = `
  insert into payout (chain_id, height, log_index, part, network_id, provider_id, job_id, task_id, payer, recipient, role,
    for_work, token, amount, time, tx_hash)
  select 31339, i / 4, i % 4, 0, 'compute-market-devnet', 'compute-market-devnet:0x' || lpad(to_hex(i % 1000), 40, '0'),
    'compute-market-devnet:' || i, 'compute-market-devnet:' || i || '-0', '0x' || lpad(to_hex(i % 2000), 40, '0'),
    '0x' || lpad(to_hex(i % 1000), 40, '0'), 'worker', true, 'compute-market-devnet:gpu', i * 1000003,
    to_timestamp(1700000000 + i / 4 * 60), sha256(int8send(i))
  from generate_series(0::int8, $1::int8 - 1) as i`;

import { jest } from '@jest/globals';
import pg from 'pg';
import { createRelay } from '../../api/live/createRelay.js';
import { keepProgress } from '../../indexer/metrics/roll/keepProgress.js';
import { BLOCK_CHANNEL } from '../../schema/lib/channels.js';
import { catalogue } from '../../schema/metrics/catalogue.js';
import { describeWithNats, startNats } from '../heartbeats/startNats.js';
import { silentLog } from '../silentLog.js';
import { toHeader } from '../writer/marketChain.js';
import { toSql } from './listStatements.js';
import {
  created,
  type OpenLive,
  openLive,
  openSocket,
  openStream,
  type PlainSocket,
  toStreamUrl,
  until,
} from './openLive.js';

const network = 'market-test';
const jobs = `subscription Jobs($network: ID, $after: String) {
  jobUpdated(network: $network, after: $after) { id cursor retracted block { number } job { status derived provider { id } } }
}`;
// biome-ignore lint/suspicious/noExplicitAny: messages of any subscription
const toData = (message: any) => Object.values(message.payload.data)[0] as any;

/** A cursor after a job that was just written. */
async function takeCursor(live: OpenLive, job: string): Promise<string> {
  const socket = await openSocket(live.url);
  await socket.subscribe('1', jobs, { network });
  await live.write([[created(job)]]);
  await until(() => socket.list('1').length === 1);
  socket.socket.close();
  return toData(socket.list('1')[0]).cursor;
}

async function readCode(live: OpenLive, variables: Record<string, unknown>): Promise<string> {
  const socket = await openSocket(live.url);
  await socket.subscribe('1', jobs, variables);
  await until(() => socket.list('1').length > 0);
  socket.socket.close();
  const [message] = socket.list('1');
  return message?.type === 'error' ? message.payload[0].extensions.code : `told of ${toData(message).id}`;
}

describe('a cursor', () => {
  it('that nobody can go on from is refused, and says why', async () => {
    const live = await openLive({ limits: { replayBlocks: 3 } });
    try {
      await live.write();
      const old = await takeCursor(live, 'a');
      expect(await readCode(live, { after: old })).toBe('CURSOR_MISMATCH');
      for (let block = 0; block < 3; block += 1) await live.write([[created(`b${block}`)]]);
      expect(await readCode(live, { network, after: old })).toBe('told of market-test:b0');
      await live.write();
      expect(await readCode(live, { network, after: old })).toBe('CURSOR_TOO_OLD');

      const cursor = await takeCursor(live, 'c');
      const { rows } = await live.store.pool.query('select height from chain');
      // Another server has read less.
      const change = (sql: string) => live.store.query(`${sql}; select pg_notify('${BLOCK_CHANNEL}', '{}')`);
      const standAt = (height: number) => change(`update chain set height = ${height}`);
      await standAt(rows[0].height - 1);
      expect(await readCode(live, { network, after: cursor })).toBe('CURSOR_AHEAD');
      await standAt(rows[0].height);

      await live.write([[created('d')]]);
      await live.rollBack(Number(rows[0].height));
      expect(await readCode(live, { network, after: cursor })).toBe('told of market-test:d');
      await change('update retraction set complete = false');
      expect(await readCode(live, { network, after: cursor })).toBe('CURSOR_REORGED');
      await change('delete from retraction');
      await change(
        'insert into retraction (chain_id, number, from_height, complete) select chain_id, 9, 9, true from chain',
      );
      expect(await readCode(live, { network, after: cursor })).toBe('CURSOR_REORGED');
    } finally {
      await live.close();
    }
  });
});

describe('what changes', () => {
  let live: OpenLive;
  beforeAll(async () => {
    live = await openLive({ limits: { connectionsPerAddress: 1_000 } });
  });
  afterAll(() => live.close());

  it('is worked out once for all who ask alike, with one statement for each relation', async () => {
    const sockets: PlainSocket[] = [];
    for (let at = 0; at < 20; at += 1) sockets.push(await openSocket(live.url));
    for (const socket of sockets) await socket.subscribe('1', jobs, { network });
    const spy = jest.spyOn(pg.Client.prototype, 'query');
    await live.write([[created('a', 'p')], [created('b', 'q')], [created('c', 'p')]]);
    await until(() => sockets.every((socket) => socket.list('1').length === 3));
    const reads = spy.mock.calls.map(([asked]) => toSql(asked).trim());
    spy.mockRestore();
    const count = (start: RegExp) => reads.filter((text) => start.test(text)).length;
    expect([
      count(/^with asked as/),
      count(/from job j [\s\S]*where j.id = any/),
      count(/from provider p join [\s\S]*where p.id = any/),
    ]).toEqual([1, 1, 1]);
    for (const socket of sockets) socket.socket.close();
  });

  it('is found where nobody gave notice', async () => {
    const socket = await openSocket(live.url);
    await socket.subscribe('1', jobs, { network });
    await live.store.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'computescan-api-listen' and datname = current_database()",
    );
    await live.write([[created('unheard')]]);
    await until(() => socket.list('1').length === 1);
    expect(toData(socket.list('1')[0])).toMatchObject({ id: 'market-test:unheard' });
    socket.socket.close();
  });

  it('is also what a deadline ends, when the chain has passed it, and not any more when it is taken back', async () => {
    const socket = await openSocket(live.url);
    await live.write([[created('late')]]);
    const { rows } = await live.store.pool.query('select height from chain');
    const height = Number(rows[0].height);
    await live.store.query('update network set final_deadline = true');
    await live.store.query('update job set deadline = $1 where id = $2', [
      toHeader(height + 2).time,
      `${network}:late`,
    ]);
    await socket.subscribe(
      '1',
      `subscription { jobUpdated(id: "${network}:late") { retracted job { status derived } } }`,
    );
    await live.write();
    await live.write();
    await until(() => socket.list('1').length === 1);
    await live.rollBack(height + 1);
    await until(() => socket.list('1').length === 2);
    expect(socket.list('1').map(toData)).toEqual([
      { retracted: false, job: { status: 'failed', derived: true } },
      { retracted: true, job: { status: 'open', derived: false } },
    ]);
    await live.store.query('update network set final_deadline = false');
    socket.socket.close();
  });
});

describe('figures', () => {
  it('are told by bucket, when a turn of the roller has made or changed one, and go on from a cursor', async () => {
    const live = await openLive();
    const metric = catalogue.find(
      (one) => one.value === 'sum' && one.subjects.includes('network') && one.grains.includes('hour') && !one.store,
    );
    if (!metric) throw new Error('the catalogue has such a figure');
    const { pool, query } = live.store;
    const hour = Math.floor(toHeader(1).time.getTime() / 3_600_000);
    const roll = async (height: number) => {
      const { time } = toHeader(height);
      const client = await pool.connect();
      try {
        await keepProgress(client, {
          network: { id: network } as never,
          head: { time, height, hour } as never,
          ...{ hour, methodDigest: '' },
        });
      } finally {
        client.release();
      }
    };
    const put = (at: number, value: number) =>
      query(
        `insert into metric_hour (subject_key, metric_key, hour, num, n) values (1, 1, $1, $2, 1)
         on conflict (subject_key, metric_key, hour) do update set num = excluded.num`,
        [at, value],
      );
    try {
      await live.write([[created('a')]]);
      await query('insert into metric (id, method_version) values ($1, 1)', [metric.id]);
      await query('insert into metric_subject (kind, id, network_id) values ($1, $2, $2)', ['network', network]);
      for (const at of [hour - 2, hour - 1]) await put(at, 1);
      await roll(1);

      const series = `subscription F($after: String) { metricUpdated(metric: "${metric.id}", network: "${network}", after: $after) {
        cursor retracted block { number } series { subject points { from value } } } }`;
      const ofOthers = await openStream(toStreamUrl(live.url, series));
      const socket = await openSocket(live.url);
      await socket.subscribe('1', series);
      // What stands is known once it was looked at.
      await until(() => ofOthers.status === 200);
      await new Promise((resolve) => setTimeout(resolve, 300));
      await put(hour, 5);
      await put(hour - 1, 2);
      await roll(1);
      await until(() => socket.list('1').length === 1);
      const toHour = (at: number) => new Date(at * 3_600_000).toISOString();
      expect(toData(socket.list('1')[0])).toMatchObject({
        retracted: false,
        block: { number: '1' },
        series: {
          subject: network,
          points: [
            { from: toHour(hour - 1), value: '2' },
            { from: toHour(hour), value: '5' },
          ],
        },
      });
      // A turn that changes nothing of it is not told.
      await roll(1);
      await put(hour, 6);
      await roll(1);
      await until(() => socket.list('1').length === 2);
      expect(toData(socket.list('1')[1]).series.points).toEqual([{ from: toHour(hour), value: '6' }]);
      await until(() => ofOthers.events.length === 2);

      const again = await openSocket(live.url);
      await again.subscribe('old', series, { after: toData(socket.list('1')[0]).cursor });
      await again.subscribe('new', series, { after: toData(socket.list('1')[1]).cursor });
      await until(() => again.list('old').length === 1);
      expect(toData(again.list('old')[0]).series.points).toEqual([{ from: toHour(hour), value: '6' }]);
      expect(again.list('new')).toEqual([]);
      for (const each of [socket, again]) each.socket.close();
      ofOthers.stop();
    } finally {
      await live.close();
    }
  });
});

describeWithNats('notices by NATS', () => {
  it('reach every other server', async () => {
    const nats = await startNats();
    const heard: string[] = [];
    const open = (name: string) => createRelay({ url: nats.url, log: silentLog, onNotice: () => heard.push(name) });
    const relays = [open('one'), open('two')] as const;
    try {
      // Each looks once when it is there.
      await until(() => heard.includes('one') && heard.includes('two'));
      heard.length = 0;
      relays[0].publish({ channel: 'computescan_block', payload: '{}' });
      await until(() => heard.includes('two'));
    } finally {
      await Promise.all(relays.map((relay) => relay.close()));
      await nats.stop();
    }
  });
});

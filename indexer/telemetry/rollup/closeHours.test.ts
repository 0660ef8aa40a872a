import { FULL_HOUR } from '../../../schema/heartbeat/slots.js';
import { listSlots, openRollupWorld, type RollupWorld } from '../../../test/heartbeats/openRollupWorld.js';
import { ensureHours } from '../beats/partitions.js';

const HOUR = 490_000;

describe('closing hours', () => {
  let world: RollupWorld;
  beforeAll(async () => {
    world = await openRollupWorld();
  });
  afterAll(() => world.end());

  it('judges every node that is expected, the silent ones too', async () => {
    const [loud = 0, silent = 0] = await world.register('a', 3);
    const observer = await world.observe('here');
    await world.keepAlive(observer, listSlots(HOUR, HOUR + 3));
    const beat = (nodeKey: number, slot: number) => ({ nodeKey, slot, observer, digest: BigInt(slot), rttUs: 1_000 });
    await world.write(listSlots(HOUR, HOUR + 3).map((slot) => beat(loud, slot)));
    await world.write([beat(silent, HOUR * 60 + 30)]);
    await world.close({ atHour: HOUR + 1 });
    const { rows } = await world.pool.query(
      'select node_key, hour, up::text, known::text, expected::text, maintenance from node_verdict order by node_key, hour',
    );
    const second = FULL_HOUR & ~((1n << 30n) - 1n);
    const toRow = (node_key: number, hour: number, up: bigint, expected: bigint) => ({
      ...{ node_key, hour, up: String(up), known: String(expected), expected: String(expected), maintenance: null },
    });
    expect(rows).toEqual([
      toRow(loud, HOUR, FULL_HOUR, FULL_HOUR),
      toRow(loud, HOUR + 1, FULL_HOUR, FULL_HOUR),
      toRow(silent, HOUR, 1n << 30n, second),
      toRow(silent, HOUR + 1, 0n, FULL_HOUR),
    ]);
    expect((await world.pool.query('select node_key, hour from node_hour_open')).rows).toEqual([
      { node_key: loud, hour: HOUR + 2 },
    ]);
    expect((await world.pool.query('select * from node_standing order by node_key')).rows).toMatchObject([
      { node_key: loud, to_hour: HOUR + 2, up: 120, known: 120, expected: 120, uptime_ppm: 1_000_000 },
      { node_key: silent, to_hour: HOUR + 2, up: 1, known: 90, expected: 90, uptime_ppm: 11_111 },
    ]);
  });

  it('judges an hour again when the chain, or an observer, is heard of later', async () => {
    const late = await openRollupWorld();
    try {
      const [nodeKey = 0] = await late.register('late', 1);
      const observer = await late.observe('here');
      await late.keepAlive(observer, listSlots(HOUR, HOUR + 1));
      await late.write([{ nodeKey, slot: HOUR * 60, observer, digest: 1n }]);
      await late.close({ atHour: HOUR + 1 });
      const count = async () =>
        (await late.pool.query('select up, known, expected from node_day')).rows.map(Object.values);
      expect(await count()).toEqual([[1, 60, 120]]);
      // Each hour is marked in the transaction that judges it, once for the network.
      const take = 'delete from mark returning family, subject, extract(epoch from hour)::int / 3600 as hour';
      const takeMarks = async () => (await late.pool.query(take)).rows.sort((one, other) => one.hour - other.hour);
      const mark = (hour: number) => ({ family: 'uptime', subject: 'late', hour });
      expect(await takeMarks()).toEqual([mark(HOUR), mark(HOUR + 1)]);
      await late.close({ atHour: HOUR + 1 });
      expect(await takeMarks()).toEqual([]);
      // What the observer says of its second hour comes behind.
      await late.keepAlive(observer, listSlots(HOUR + 1, HOUR + 2));
      await late.close({ atHour: HOUR + 1 });
      expect(await count()).toEqual([[1, 120, 120]]);
      expect(await takeMarks()).toEqual([mark(HOUR + 1)]);
      // The node had left after half an hour, as the chain's indexer finds out by now.
      const left = HOUR * 3_600 + 1_800;
      await late.pool.query(
        `insert into chain (chain_id, name, recorded, phase) values (1, 'chain', false, 'following');
         insert into block (chain_id, height, hash, time)
         values (1, 1, '\\x00', to_timestamp(1)), (1, 2, '\\x01', to_timestamp(${left}));
         insert into node (id, network_id, chain_id, native_id, height, time)
         values ('late:0000', 'late', 1, '0000', 1, to_timestamp(1));
         insert into node_version (node_id, height_from, height_to, chain_id, active)
         values ('late:0000', 1, 2, 1, true), ('late:0000', 2, null, 1, false)`,
      );
      await late.close({ atHour: HOUR + 1 });
      expect(await count()).toEqual([[1, 30, 30]]);
      expect((await late.pool.query('select hour from node_verdict')).rows).toEqual([{ hour: HOUR }]);
      expect((await late.pool.query('select up, known from node_standing')).rows).toEqual([{ up: 1, known: 30 }]);
    } finally {
      await late.end();
    }
  });

  it('sums a day of as many observers as there are', async () => {
    const many = await openRollupWorld();
    try {
      const [nodeKey = 0] = await many.register('many', 1);
      const observer = await many.observe('here');
      const day = 20_417;
      await ensureHours(many.pool, day * 24, day * 24);
      await many.pool.query(
        `insert into node_hour (node_key, hour, observer, up, late, rtt_count, rtt_sum_us, rtt_max_us, util_count,
           util_sum_permille)
         select $1, hour, observer, 0, $3, 60, 1800000000, 30000000, 60, 60000
         from generate_series($2::int, $2::int + 22) as hour, generate_series(2, 1600) as observer`,
        [nodeKey, day * 24, FULL_HOUR],
      );
      await many.keepAlive(observer, listSlots(day * 24 + 23, day * 24 + 24));
      await many.write([{ nodeKey, slot: (day * 24 + 23) * 60, observer, digest: 1n }]);
      await many.close({ atHour: day * 24 + 23 });
      const slots = 1_599 * 23 * 60;
      for (const table of ['node_day', 'network_day']) {
        const { rows } = await many.pool.query(
          `select late::int, rtt_count::int, util_count::int, rtt_sum_us::text, util_sum_permille::text from ${table}`,
        );
        expect(rows.map(Object.values)).toEqual([[slots, slots, slots, String(slots * 3e7), String(slots * 1_000)]]);
      }
    } finally {
      await many.end();
    }
  });

  it('keeps what readings came to when single beats are forgotten before a late one comes', async () => {
    const old = await openRollupWorld();
    try {
      const [nodeKey = 0] = await old.register('old', 1);
      const observer = await old.observe('here');
      const beat = (minute: number, rttUs: number) => ({
        ...{ nodeKey, slot: HOUR * 60 + minute, observer, digest: BigInt(minute), rttUs, utilPermille: 10 },
      });
      await old.write([beat(1, 1_000), beat(2, 3_000)]);
      await old.close({ atHour: HOUR });
      await old.pool.query('truncate heartbeat');
      await old.write([beat(3, 5_000)]);
      await old.close({ atHour: HOUR });
      const { rows } = await old.pool.query(
        'select up::int, rtt_count, rtt_sum_us, rtt_max_us, util_count, util_sum_permille from node_hour',
      );
      expect(rows.map(Object.values)).toEqual([[0b1110, 2, 4_000, 3_000, 2, 20]]);
    } finally {
      await old.end();
    }
  });
});

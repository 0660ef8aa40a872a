import { FULL_HOUR } from '../../../schema/heartbeat/slots.js';
import { listSlots, openRollupWorld, type RollupWorld } from '../../../test/heartbeats/openRollupWorld.js';

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
});

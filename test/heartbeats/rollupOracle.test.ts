import { readFileSync } from 'node:fs';
import { judgeBeat } from '../../schema/heartbeat/judgeBeat.js';
import { toUptime } from '../../schema/heartbeat/uptime.js';
import { describeWithShared, toSharedPath } from '../sharedData.js';
import { listSlots, openRollupWorld, type RollupWorld } from './openRollupWorld.js';

const HOUR = 490_008;

interface Beat {
  readonly slot: number;
  readonly sentAt: number;
  readonly receivedAt: number;
}

describeWithShared('../oracles/metric-oracles.json', 'the oracle of uptime, through the tables', () => {
  let world: RollupWorld;
  beforeAll(async () => {
    world = await openRollupWorld();
  });
  afterAll(() => world.end());

  it('REL-01: a node of twenty minutes, registered late, in maintenance, under a collector that was away', async () => {
    const oracles = JSON.parse(readFileSync(toSharedPath('../oracles/metric-oracles.json'), 'utf8'));
    const { inputs, expected } = oracles.find(({ id }: { readonly id: string }) => id === 'REL-01');
    const [nodeKey = 0] = await world.register('oracle', 1);
    const observer = await world.observe('here');
    const first = HOUR * 60;
    await registerUntil(world, first * 60 + inputs.registeredAt, first * 60 + inputs.windowEnd);
    const down = new Set<number>(inputs.collectorDownSlots);
    await world.keepAlive(
      observer,
      listSlots(HOUR, HOUR + 1).filter((slot) => !down.has(slot - first)),
    );
    const maintenance: readonly number[] = inputs.maintenanceSlots;
    await world.pool.query(`insert into maintenance_notice values ($1, $2, $3, '\\x00', now())`, [
      ...[nodeKey, first + Math.min(...maintenance), first + Math.max(...maintenance) + 1],
    ]);
    const beats: readonly Beat[] = inputs.heartbeatsInArrivalListOrder;
    for (const { slot, sentAt, receivedAt } of beats) {
      const times = { slot, sentAt: sentAt * 1_000, receivedAt: receivedAt * 1_000 };
      const verdict = judgeBeat({ ...times, registeredAt: inputs.registeredAt * 1_000 });
      if (verdict !== 'ACCEPTED' && verdict !== 'LATE') continue;
      const place = { nodeKey, slot: first + slot, observer };
      await world.write([{ ...place, digest: BigInt(sentAt), late: verdict === 'LATE' }]);
    }
    await world.close({ atHour: HOUR });

    const { rows } = await world.pool.query(
      `select up, known, expected, maintenance, maintenance_up as "maintenanceUp", late from node_day`,
    );
    expect(rows).toEqual([
      {
        ...{ up: expected.upSlots, known: expected.knownSlots, expected: expected.expectedSlots, late: 1 },
        maintenance: expected.knownSlots - expected.slaSlots,
        maintenanceUp: expected.upSlots - expected.slaUpSlots,
      },
    ]);
    const uptime = toUptime(rows[0]);
    expect(uptime.uptimeRaw).toBeCloseTo(expected.uptimeRaw, 9);
    expect(uptime.uptimeSla).toBeCloseTo(expected.uptimeSla, 9);
    expect(uptime.coverage).toBeCloseTo(expected.coverage, 9);
    const { rows: missed } = await world.pool.query<{ slot: number }>(
      `select slot from node_verdict, generate_series(0, 59) as slot
       where known & (1::bigint << slot) <> 0 and up & (1::bigint << slot) = 0 order by slot`,
    );
    expect(missed.map(({ slot }) => slot)).toEqual(expected.missedSlots);
  });
});

/** On a chain with a block a second; unix seconds. */
async function registerUntil({ pool }: RollupWorld, from: number, to: number): Promise<void> {
  await pool.query(
    `insert into block (chain_id, height, hash, time)
     select 1, second, '\\x00'::bytea, to_timestamp(second) from unnest($1::int[]) as second`,
    [[from, to]],
  );
  await pool.query(
    `insert into node (id, network_id, chain_id, native_id, height, time)
     select node_id, network_id, 1, node_id, $1::int, to_timestamp($1::int) from heartbeat_node`,
    [from],
  );
  await pool.query(
    `insert into node_version (node_id, height_from, height_to, chain_id, active)
     select node_id, v.height_from, v.height_to, 1, v.active
     from heartbeat_node, (values ($1::int, $2::int, true), ($2, null, false)) as v (height_from, height_to, active)`,
    [from, to],
  );
}

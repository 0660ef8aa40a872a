import { readFileSync } from 'node:fs';
import { nameHardware } from '../../indexer/metrics/nameHardware.js';
import { reliabilityFamilies } from '../../indexer/metrics/reliability/reliabilityFamilies.js';
import { rollOutages } from '../../indexer/metrics/reliability/rollOutages.js';
import { rollWindows } from '../../indexer/metrics/reliability/rollWindows.js';
import { ensureMetrics } from '../../indexer/metrics/roll/ensureMetrics.js';
import type { RollPlan } from '../../indexer/metrics/roll/RollPlan.js';
import { rebuildNetwork } from '../../indexer/metrics/roll/rebuildNetwork.js';
import { rollNetwork } from '../../indexer/metrics/roll/rollNetwork.js';
import { registerNetworks } from '../../indexer/writer/registerNetworks.js';
import { reliabilityMetrics } from '../../schema/metrics/catalogue/reliabilityMetrics.js';
import { outageStatistics } from '../../schema/metrics/formulas/reliability/outageStatistics.js';
import { describeWithShared } from '../sharedData.js';
import { chainId, createNetwork, toHash } from '../writer/marketChain.js';
import { expectOracle, findOracle, oracleFile } from './findOracle.js';
import { NETWORK, openVerdictWorld, type Slot, type VerdictWorld } from './openVerdictWorld.js';

/** A day's first hour. */
const HOUR = 490_008;
const network = createNetwork(NETWORK);

const plan: RollPlan = {
  catalogue: reliabilityMetrics,
  readingSteps: [nameHardware, rollOutages, rollWindows],
  firstSteps: [],
  families: reliabilityFamilies.map((family) => ({
    ...family,
    sql: readFileSync(new URL(`../../indexer/metrics/sql/${family.id}.sql`, import.meta.url), 'utf8'),
  })),
  lastSteps: [],
};

interface Machine {
  readonly nodeKey: number;
  readonly height: number;
  readonly provider: string;
  readonly region: string | null;
  readonly model: string | null;
  readonly gpus: number | null;
}

/** Verdicts beside a chain with a block each hour, whose height is the hour's number from `HOUR` on. */
async function openChainWorld(nodes: number) {
  const world = await openVerdictWorld({ nodes, firstHour: HOUR });
  await registerNetworks(world.pool, { chainId, genesisHash: toHash('genesis'), networks: [network] });
  await ensureMetrics(world.pool, plan.catalogue);
  const { pool } = world;
  return {
    ...world,
    /** The head is in this hour. */
    async read(toHour: number) {
      await pool.query(
        `insert into block (chain_id, height, hash, parent_hash, time)
         select ${chainId}, n, '\\x00', '\\x00', to_timestamp((${HOUR}::bigint + n) * 3600 + 5)
         from generate_series(0, $1::int) n on conflict do nothing`,
        [toHour - HOUR],
      );
      await pool.query(
        `update chain set height = $1::int, block_time = to_timestamp((${HOUR}::bigint + $1::int) * 3600 + 5)`,
        [toHour - HOUR],
      );
    },
    /** A machine as the chain says from a height on. */
    async tell({ nodeKey, height, provider, region, model, gpus }: Machine) {
      const values = [`${NETWORK}:n${nodeKey}`, height, provider, region, model, gpus];
      await pool.query(
        `update node_version set height_to = $2 where node_id = $1 and height_to is null and height_from < $2`,
        values.slice(0, 2),
      );
      await pool.query(
        `insert into node_version (node_id, height_from, height_to, chain_id, provider_id, active, region, gpu_model, gpu_count)
         select $1, $2, min(v.height_from), ${chainId}, $3, true, $4, $5, $6
         from node_version v where v.node_id = $1 and v.height_from > $2`,
        values,
      );
      await pool.query(
        `insert into node (id, network_id, chain_id, native_id, height, time, provider_id, region, gpu_model, gpu_count)
         select v.node_id, '${NETWORK}', ${chainId}, v.node_id, 0, to_timestamp(${HOUR}::bigint * 3600), v.provider_id, v.region,
           v.gpu_model, v.gpu_count
         from node_version v where v.node_id = $1 and v.height_to is null
         on conflict (id) do update set provider_id = excluded.provider_id, region = excluded.region,
           gpu_model = excluded.gpu_model, gpu_count = excluded.gpu_count`,
        values.slice(0, 1),
      );
    },
    async mark(family: string, hours: readonly number[]) {
      await pool.query(
        `insert into mark (family, subject, hour)
         select $1, '${NETWORK}', to_timestamp(hour * 3600::bigint) from unnest($2::int[]) hour`,
        [family, hours],
      );
    },
    async turn() {
      for (;;) {
        const turn = await rollNetwork({ pool, network, plan });
        if (turn.kind !== 'rolled' || !turn.isBehind) return turn;
      }
    },
    /** Nothing, where what was rolled turn by turn is what a rebuild makes. */
    async compare() {
      const rebuilt = await rebuildNetwork({ pool, network, plan, compare: true });
      const compared = rebuilt?.compared;
      if (!compared) throw new Error('Expected a comparison, got none.');
      expect(compared.rows).toBeGreaterThan(0);
      return compared.differences;
    },
    async figures(table: 'metric_hour' | 'metric_day', where: string) {
      const { rows } = await pool.query(
        `select m.id, s.kind, s.id as subject, t.${table === 'metric_hour' ? 'hour' : 'day'} as at, t.num, t.den, t.n, t.detail
         from ${table} t join metric m using (metric_key) join metric_subject s using (subject_key)
         where ${where} order by m.id, s.kind, s.id, at`,
      );
      return rows.map(({ id, kind, subject, at, num, den, n, detail }) => ({
        ...{ id: id.replace('reliability.', ''), kind, subject, at, n, detail },
        value: num === null ? null : den === null ? Number(num) : Number(num) / Number(den),
      }));
    },
    async window(id: string, days: number) {
      const { rows } = await pool.query(
        `select w.* from uptime_window w join metric_subject s using (subject_key) where s.id = $1 and w.days = $2`,
        [id, days],
      );
      return rows[0];
    },
  };
}

function judgeLine(
  world: Pick<VerdictWorld, 'judge'>,
  nodeKey: number,
  line: readonly Slot[],
  fromHour = HOUR,
): number {
  for (let hour = 0; hour * 60 < line.length; hour += 1) {
    const slots = line.slice(hour * 60, hour * 60 + 60);
    world.judge(nodeKey, fromHour + hour, [...slots, ...Array<Slot>(60 - slots.length).fill('absent')]);
  }
  return fromHour + Math.ceil(line.length / 60);
}

function repeat(...parts: readonly (readonly [number, Slot])[]): readonly Slot[] {
  return parts.flatMap(([count, slot]) => Array<Slot>(count).fill(slot));
}

describeWithShared(oracleFile, 'oracles of reliability, through the tables', () => {
  it('REL-01: raw, without maintenance, and coverage, by the hour', async () => {
    const oracle = findOracle('REL-01');
    const { inputs, expected } = oracle;
    const world = await openChainWorld(1);
    try {
      const line = Array.from({ length: inputs.windowEnd / 60 }, (_, slot): Slot => {
        if (slot * 60 < inputs.registeredAt) return 'absent';
        if (inputs.collectorDownSlots.includes(slot)) return 'unknown';
        const isMaintenance = inputs.maintenanceSlots.includes(slot);
        if (expected.missedSlots.includes(slot)) return isMaintenance ? 'downInMaintenance' : 'down';
        return isMaintenance ? 'upInMaintenance' : 'up';
      });
      await world.close(HOUR, judgeLine(world, 1, line));
      await world.flush();
      await world.read(HOUR + 1);
      await world.turn();
      const figures = await world.figures('metric_hour', `s.kind = 'network'`);
      const got = Object.fromEntries(figures.map(({ id, value }) => [id, value]));
      const { uptimeRaw, uptimeSla, coverage } = expected;
      expectOracle({ ...got, uptimeRaw: got.uptime }, { ...oracle, expected: { uptimeRaw, uptimeSla, coverage } });
      expect(got.downSlots).toBe(expected.missedSlots.length);
    } finally {
      await world.end();
    }
  });

  it('REL-02: windows clipped to ten days of life, an outage open still', async () => {
    const oracle = findOracle('REL-02');
    const { registeredAt, outagesSecondsRelativeToNow } = oracle.inputs;
    const world = await openChainWorld(1);
    try {
      const isDown = (second: number) =>
        outagesSecondsRelativeToNow.some(([from, to]: readonly [number, number]) => second >= from && second < to);
      const line = Array.from({ length: -registeredAt / 60 }, (_, slot): Slot => {
        return isDown(registeredAt + slot * 60) ? 'down' : 'up';
      });
      const toHour = judgeLine(world, 1, line);
      await world.close(HOUR, toHour);
      await world.flush();
      await world.read(toHour);
      await world.turn();
      for (const [name, days] of Object.entries({ '24h': 1, '7d': 7, '30d': 30, '90d': 90 })) {
        const { up, known, expected } = await world.window(`${NETWORK}:n1`, days);
        const got = {
          ...{ eligibleSeconds: expected * 60, downSeconds: (known - up) * 60, uptime: up / known },
          coverageOfWindow: expected / (days * 1_440),
        };
        const { uptimeIfFullWindowDenominator, ...figures } = oracle.expected[name];
        expectOracle(got, { ...oracle, expected: figures });
        expect(days > 10 ? got.uptime < uptimeIfFullWindowDenominator : true).toBe(true);
      }
    } finally {
      await world.end();
    }
  });

  it('REL-08: the bounds of a day with two outages', async () => {
    const { inputs, expected } = findOracle('REL-08');
    const world = await openChainWorld(1);
    try {
      const half = inputs.downSlots / 2;
      const line = repeat([500, 'up'], [half, 'down'], [400, 'up'], [half, 'down'], [inputs.upSlots - 900, 'up']);
      const toHour = judgeLine(world, 1, line);
      await world.close(HOUR, toHour);
      await world.flush();
      await world.read(toHour);
      await world.turn();
      const window = await world.window(`${NETWORK}:n1`, 1);
      expect(window).toMatchObject({ failures: inputs.failures, repairs: inputs.repairs });
      expect(window.effective_n).toBe(expected.nEff.toFixed(6));
      expect(window.lower).toBe(expected.wilsonLowerEff.toFixed(6));
    } finally {
      await world.end();
    }
  });

  it('REL-09: thirty days with two outages that ended and one that did not', async () => {
    const oracle = findOracle('REL-09');
    const { windowHours, completedOutageHours, openOutageHours } = oracle.inputs;
    const world = await openChainWorld(1);
    try {
      const [first, second] = completedOutageHours.map((hours: number) => hours * 60);
      const up = windowHours * 60 - first - second - openOutageHours * 60;
      const line = repeat(
        [5_000, 'up'],
        [first, 'down'],
        [7_000, 'up'],
        [second, 'down'],
        [up - 12_000, 'up'],
        [openOutageHours * 60, 'down'],
      );
      const toHour = judgeLine(world, 1, line);
      await world.close(HOUR, toHour);
      await world.flush();
      await world.read(toHour);
      await world.turn();
      const row = await world.window(`${NETWORK}:n1`, 30);
      const [failures, repairs] = [row.failures, row.repairs];
      const sums = {
        up: row.up / 60,
        down: row.outage_down / 60,
        failures,
        repairs,
        repairedDown: row.repaired_down / 60,
      };
      const got = outageStatistics(sums);
      const { zeroFailuresRateUpper95, zeroFailuresMtbfLower95, ...expected } = oracle.expected;
      expectOracle(
        {
          ...{ failures, uptimeHours: sums.up, ...got, mtbfHours: got.mtbf },
          ...{ mttrCompletedHours: got.mttrCompleted, mttrExposureHours: got.mttrExposure },
          ...{ mtbfLowHours: got.mtbfLow, mtbfHighHours: got.mtbfHigh },
        },
        { ...oracle, expected },
      );
    } finally {
      await world.end();
    }
  });

  it('REL-11: a network three ways, a node without data counted apart', async () => {
    const oracle = findOracle('REL-11');
    const world = await openChainWorld(oracle.inputs.nodes.length);
    try {
      await world.read(HOUR + 24);
      for (const [at, { gpus, knownSlots, upSlots }] of oracle.inputs.nodes.entries()) {
        judgeLine(
          world,
          at + 1,
          repeat([upSlots, 'up'], [knownSlots - upSlots, 'down'], [1_440 - knownSlots, 'unknown']),
        );
        await world.tell({ nodeKey: at + 1, height: 0, provider: `${NETWORK}:p`, region: 'eu', model: 'H100', gpus });
      }
      await world.close(HOUR, HOUR + 24);
      await world.flush();
      await world.turn();
      for (const subject of [NETWORK, `${NETWORK}:region:eu`, `${NETWORK}:gpu:nvidia-h100`]) {
        const figures = await world.figures('metric_day', `s.id = '${subject}'`);
        const got = Object.fromEntries(figures.map(({ id, value }) => [id, value]));
        const { meanOfNodes, pooledSlots, capacityWeighted, nodesWithoutData } = oracle.expected;
        expectOracle(
          {
            ...{ meanOfNodes: got.uptimeMean, pooledSlots: got.uptime },
            ...{ capacityWeighted: got.capacityUptime, nodesWithoutData: got.nodesWithoutData },
          },
          { ...oracle, expected: { meanOfNodes, pooledSlots, capacityWeighted, nodesWithoutData } },
        );
      }
      expect(await world.compare()).toEqual([]);
    } finally {
      await world.end();
    }
  });
});

describe('reliability of groups', () => {
  it('is of whom a machine was with at the time, by the hour, and of whom it is with now, by windows', async () => {
    const world = await openChainWorld(2);
    const subject = (name: string) => `${NETWORK}:${name}`;
    const machine = { nodeKey: 1, region: 'eu', model: 'NVIDIA H100 80GB HBM3', gpus: 8 };
    try {
      await world.read(HOUR + 6);
      await world.tell({ ...machine, height: 0, provider: subject('alpha') });
      for (const node of [1, 2]) judgeLine(world, node, repeat([350, 'up'], [10, 'down']));
      await world.close(HOUR, HOUR + 6);
      await world.flush();
      await world.turn();
      const hours = (id: string) => world.figures('metric_hour', `m.id = 'reliability.uptime' and s.id = '${id}'`);
      expect((await hours(subject('alpha'))).map(({ at }) => at - HOUR)).toEqual([0, 1, 2, 3, 4, 5]);
      // Of the other one the chain knows nothing: whose it is was said when its session was opened, what it is nobody knows.
      expect(await hours(subject('p2'))).toHaveLength(6);
      expect((await hours(subject('gpu:unknown'))).map(({ value }) => value)).toEqual([1, 1, 1, 1, 1, 50 / 60]);
      const outages = await world.figures(
        'metric_day',
        `m.id in ('reliability.outages', 'reliability.mtbf') and s.kind = 'network'`,
      );
      expect(outages.map(({ id, value }) => [id, value])).toEqual([
        ['mtbf', 350 * 60],
        ['outages', 2],
      ]);

      // It moves, as is heard of hours later: all hours since are another's.
      await world.tell({ ...machine, height: 2, provider: subject('beta'), region: 'us', model: 'a100-pcie' });
      await world.mark('network', [HOUR + 2]);
      await world.turn();
      expect((await hours(subject('alpha'))).map(({ at }) => at - HOUR)).toEqual([0, 1]);
      for (const id of ['beta', 'region:us', 'gpu:nvidia-a100']) {
        expect((await hours(subject(id))).map(({ at }) => at - HOUR)).toEqual([2, 3, 4, 5]);
      }
      expect(await world.window(subject('alpha'), 7)).toBeUndefined();
      expect(await world.window(subject('gpu:nvidia-a100'), 7)).toMatchObject({ up: 350, known: 360, nodes: 1 });
      expect(await world.window(NETWORK, 7)).toMatchObject({ up: 700, known: 720, failures: 2, nodes: 2 });
      expect(await world.compare()).toEqual([]);
    } finally {
      await world.end();
    }
  });

  it('is turn by turn what a rebuild makes, and its days are the sums of its hours', async () => {
    const world = await openChainWorld(3);
    try {
      let toHour = HOUR + 40;
      const draw = (seed: number, count: number) =>
        Array.from({ length: count }, (_, at): Slot => {
          const value = (Math.imul(at + seed * 7_919, 2_654_435_761) >>> 16) % 23;
          return value < 2
            ? 'down'
            : value === 2
              ? 'unknown'
              : value === 3
                ? 'upInMaintenance'
                : (at >> 7) % 5 === seed % 5
                  ? 'down'
                  : 'up';
        });
      for (const node of [1, 2, 3]) {
        judgeLine(world, node, draw(node, 40 * 60));
        await world.tell({
          nodeKey: node,
          height: 0,
          provider: `${NETWORK}:p${node % 2}`,
          region: 'eu',
          model: 'H100',
          gpus: node,
        });
      }
      await world.close(HOUR, toHour);
      await world.flush();
      await world.read(toHour);
      await world.turn();
      for (let step = 0; step < 6; step += 1) {
        for (const node of [1, 2, 3]) judgeLine(world, node, draw(node + step, 60), toHour);
        // Hours of before are judged again, in no order.
        for (const back of [29, 3, 17]) judgeLine(world, 1 + (step % 3), draw(step + back, 60), toHour - back - step);
        await world.close(toHour, toHour + 1);
        toHour += 1;
        await world.read(toHour);
        await world.mark('uptime', (await world.flush()).toReversed());
        await world.turn();
        expect(await world.compare()).toEqual([]);
      }
      const { rows } = await world.pool.query(
        `select m.id, d.day from metric_day d join metric m using (metric_key)
         join (select subject_key, metric_key, hour / 24 as day, sum(num) as num, sum(den) as den, sum(n) as n
           from metric_hour group by 1, 2, 3) h using (subject_key, metric_key, day)
         where (h.num, h.den, h.n) is distinct from (d.num, d.den, d.n)`,
      );
      expect(rows).toEqual([]);
    } finally {
      await world.end();
    }
  });
});

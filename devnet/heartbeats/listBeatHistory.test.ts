import { isVramOf, matchGpu } from '../../schema/hardware/matchGpu.js';
import { judgeBeat } from '../../schema/heartbeat/judgeBeat.js';
import { countBits, FULL_HOUR, SLOT_MS, SLOTS_PER_HOUR } from '../../schema/heartbeat/slots.js';
import { gpus, nodes, providers } from '../computeMarket/cast.js';
import { clone, liar } from './conducts.js';
import { createBeatScript } from './createBeatScript.js';
import { type BeatHistoryOptions, type BeatHour, type HistoryBatch, listBeatHistory } from './listBeatHistory.js';
import { listBeatSessions, toNodeId } from './listBeatSessions.js';

const dayS = 86_400;
const endsAt = 1_763_700_000;
const origin = { seed: 1, startsAt: endsAt - 90 * dayS, endsAt };

async function list(options: Partial<BeatHistoryOptions> = {}): Promise<BeatHour[]> {
  const hours: BeatHour[] = [];
  for await (const hour of listBeatHistory({ ...origin, ...options })) hours.push(hour);
  return hours;
}

const whole = list({ rawDays: 0 });
const lastDay = list({ from: endsAt - dayS });

const listBatches = (hours: readonly BeatHour[]): readonly HistoryBatch[] => hours.flatMap(({ batches }) => batches);

describe('the history of heartbeats', () => {
  it('is ninety days of eighty nodes, the oldest hour first', async () => {
    const hours = await whole;
    expect(hours.length).toBeGreaterThanOrEqual(90 * 24);
    expect(hours.map(({ hour }) => hour)).toEqual(hours.map((_, index) => Math.floor(origin.startsAt / 3_600) + index));
    const rows = hours.flatMap((hour) => hour.nodes);
    expect(rows.length).toBeGreaterThan(100_000);
    expect(new Set(rows.map(({ nodeId }) => nodeId)).size).toBe(nodes.length);
    expect(rows.filter(({ up, late }) => (up & late) !== 0n || (up | late) > FULL_HOUR)).toEqual([]);
    expect(listBatches(hours)).toEqual([]);
  });

  it('gives any stretch of itself as the whole has it', async () => {
    const stretch = { from: endsAt - 6 * dayS, until: endsAt - 3 * dayS, rawDays: 0 };
    const part = await list(stretch);
    // The first and the last hour of the stretch are cut.
    expect(part.slice(1, -1)).toEqual((await whole).slice(-6 * 24, -3 * 24 - 1));
    expect(part.length).toBe(3 * 24 + 1);
    const late = await list({ from: endsAt - 4 * 3_600 });
    expect(late.slice(1)).toEqual((await lastDay).slice(-4));
    expect(listBatches(late).length).toBeGreaterThan(4 * 1_300);
  });

  it('has nothing of the half hour in which the collector was down', async () => {
    const hours = await whole;
    const script = createBeatScript(origin);
    const alive = hours.flatMap((hour) => hour.alive);
    const seen = alive.filter(({ bits }) => countBits(bits) === 60).length;
    expect(Math.floor(endsAt / 60) - Math.ceil(origin.startsAt / 60) - seen).toBe(31);
    const gone = hours.find(({ hour }) => script.getAlive(hour * SLOTS_PER_HOUR + 59) !== 2n ** 60n - 1n);
    const heard = gone?.nodes.reduce((bits, { up, late }) => bits | up | late, 0n) ?? 0n;
    const slots = Array.from({ length: SLOTS_PER_HOUR }, (_, index) => (gone?.hour ?? 0) * SLOTS_PER_HOUR + index);
    for (const slot of slots) {
      const isWhole = script.getAlive(slot) === 2n ** 60n - 1n;
      expect((heard >> BigInt(slot % SLOTS_PER_HOUR)) & 1n).toBe(isWhole ? 1n : 0n);
    }
  });

  it('has for the last day the single beats that make up its bitmaps', async () => {
    const hours = await lastDay;
    expect(listBatches(hours).length).toBeGreaterThan(23 * 1_400);
    for (const { nodes: rows, batches } of hours) {
      const bits = new Map<string, { up: bigint; late: bigint }>();
      for (const { nodeId, slot, late } of batches.flatMap(({ beats }) => beats)) {
        const known = bits.get(nodeId) ?? { up: 0n, late: 0n };
        known[late ? 'late' : 'up'] |= 1n << BigInt(slot % SLOTS_PER_HOUR);
        bits.set(nodeId, known);
      }
      const differing = rows.filter(({ nodeId, up, late }) => {
        const own = bits.get(nodeId);
        return own?.up !== up || own.late !== late;
      });
      expect([differing, bits.size]).toEqual([[], rows.length]);
    }
  });

  it('holds beats that a gateway would have judged the same, each counter of a session once', async () => {
    const batches = listBatches(await lastDay);
    const counters = batches.map(({ delegation, counter }) => `${delegation} ${counter}`);
    expect(new Set(counters).size).toBe(counters.length);
    const beats = batches.flatMap((batch) => batch.beats);
    const misjudged = beats.filter(({ slot, late, sentCs, receivedCs }) => {
      const start = slot * SLOT_MS;
      const verdict = judgeBeat({ slot, sentAt: start + sentCs * 10, receivedAt: start + receivedCs * 10 });
      return verdict !== (late ? 'LATE' : 'ACCEPTED');
    });
    expect(misjudged).toEqual([]);
    expect(beats.some(({ late }) => late)).toBe(true);
  });

  it('shows the clone: for each minute two beats that differ, and counters that go back while time goes on', async () => {
    const provider = providers.findIndex(({ name }) => name === clone.provider);
    const session = (await listBeatSessions(origin))[provider];
    const batches = listBatches((await lastDay).slice(-2));
    const cloned = batches.filter(({ delegation }) => delegation === session?.delegation);
    expect(cloned.length).toBe(2 * new Set(cloned.map(({ firstSlot }) => firstSlot)).size);
    const digests = cloned.flatMap(({ beats }) =>
      beats.map(({ nodeId, slot, digest }) => `${nodeId} ${slot} ${digest}`),
    );
    expect(new Set(digests).size).toBe(digests.length);
    const isBack = cloned.filter(({ counter, firstSlot }) =>
      cloned.some((other) => other.counter > counter && other.firstSlot < firstSlot),
    );
    expect(isBack.length).toBeGreaterThan(50);
    const others = batches.filter(({ delegation }) => delegation !== session?.delegation);
    const keys = others.flatMap(({ beats }) => beats.map(({ nodeId, slot }) => `${nodeId} ${slot}`));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('lets every machine say the model that it is sold as, but for the liar, whose readings never change', async () => {
    const beats = listBatches((await lastDay).slice(-3)).flatMap((batch) => batch.beats);
    const said = new Map(beats.flatMap(({ nodeId, hardware }) => (hardware ? [[nodeId, hardware] as const] : [])));
    for (const [position, { gpu, gpuCount, provider }] of nodes.entries()) {
      const hardware = said.get(toNodeId(position));
      if (!hardware) continue;
      const claimed = matchGpu(gpus[gpu].name).model;
      expect(claimed).toBeDefined();
      const isLiar = providers[provider]?.name === liar.provider;
      expect(matchGpu(hardware.gpuModel ?? '').model === claimed).toBe(!isLiar);
      if (!isLiar && claimed) expect(isVramOf(claimed, hardware.vramMb ?? 0)).toBe(true);
      expect(hardware.gpuCount).toBe(gpuCount);
      const readings = beats.filter(({ nodeId }) => nodeId === toNodeId(position));
      const distinct = new Set(
        readings.map(({ rttUs, utilPermille, memoryPermille }) => `${rttUs} ${utilPermille} ${memoryPermille}`),
      );
      expect(distinct.size === 1).toBe(isLiar);
    }
    expect(said.size).toBeGreaterThan(50);
  });

  it('is busier by day than by night, and the busier the dearer the cards are', async () => {
    const beats = listBatches(await lastDay).flatMap((batch) => batch.beats);
    const mean = (isMeant: (beat: (typeof beats)[number]) => boolean) => {
      const meant = beats.filter(isMeant);
      return meant.reduce((sum, { utilPermille }) => sum + utilPermille, 0) / meant.length;
    };
    const ofModel = (model: string) =>
      new Set(nodes.flatMap(({ gpu, provider }, node) => (gpu === model && provider < 21 ? [toNodeId(node)] : [])));
    const [h100, rtx3090] = [ofModel('h100'), ofModel('rtx3090')];
    const hourOf = (slot: number) => Math.floor(slot / SLOTS_PER_HOUR) % 24;
    const byDay = mean(({ nodeId, slot }) => h100.has(nodeId) && hourOf(slot) >= 9 && hourOf(slot) < 17);
    const byNight = mean(({ nodeId, slot }) => h100.has(nodeId) && hourOf(slot) < 5);
    expect(byDay).toBeGreaterThan(1.4 * byNight);
    expect(mean(({ nodeId }) => h100.has(nodeId))).toBeGreaterThan(1.5 * mean(({ nodeId }) => rtx3090.has(nodeId)));
  });
});

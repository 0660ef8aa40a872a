import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describeWithShared, toSharedPath } from '../../test/sharedData.js';
import { judgeBeat } from './judgeBeat.js';
import { addCounts, noSlots, type SlotCounts, toUptime } from './uptime.js';

interface Sent {
  readonly slot: number;
  readonly sentAt: number;
  readonly receivedAt: number;
}

interface Window {
  readonly slots: number;
  readonly registeredAt: number;
  readonly unknown: ReadonlySet<number>;
  readonly maintenance: ReadonlySet<number>;
}

/** Verdicts of beats in the order of their arrival, and what they come to. Times in seconds. */
function judgeAll(beats: readonly Sent[], { slots, registeredAt, unknown, maintenance }: Window) {
  const up = new Set<number>();
  const verdicts = beats.map(({ slot, sentAt, receivedAt }) => {
    const times = { sentAt: sentAt * 1_000, receivedAt: receivedAt * 1_000, registeredAt: registeredAt * 1_000 };
    const verdict = judgeBeat({ slot, ...times });
    if (verdict !== 'ACCEPTED') return verdict;
    if (up.has(slot)) return 'DUPLICATE';
    up.add(slot);
    return verdict;
  });
  const expected = Array.from({ length: slots }, (_, slot) => slot).filter((slot) => slot * 60 >= registeredAt);
  const known = expected.filter((slot) => !unknown.has(slot));
  const ofUp = known.filter((slot) => up.has(slot));
  const counts: SlotCounts = {
    ...{ up: ofUp.length, known: known.length, expected: expected.length },
    maintenance: known.filter((slot) => maintenance.has(slot)).length,
    maintenanceUp: ofUp.filter((slot) => maintenance.has(slot)).length,
  };
  return { verdicts, counts, missed: known.filter((slot) => !up.has(slot)), ...toUptime(counts) };
}

const counts = fc
  .tuple(fc.nat(60), fc.nat(60), fc.nat(60), fc.nat(60), fc.nat(60))
  .map(([up, down, unknown, maintenance, maintenanceUp]): SlotCounts => {
    const known = up + down;
    const ofUp = Math.min(maintenanceUp, up);
    return {
      up,
      known,
      expected: known + unknown,
      maintenance: Math.min(maintenance, down) + ofUp,
      maintenanceUp: ofUp,
    };
  });

describe('uptime', () => {
  it('is null where nothing is known', () => {
    expect(toUptime(noSlots)).toEqual({ uptimeRaw: null, uptimeSla: null, coverage: null });
    expect(toUptime({ ...noSlots, expected: 60 })).toEqual({ uptimeRaw: null, uptimeSla: null, coverage: 0 });
    const inMaintenance = { up: 0, known: 5, expected: 5, maintenance: 5, maintenanceUp: 0 };
    expect(toUptime(inMaintenance)).toEqual({ uptimeRaw: 0, uptimeSla: null, coverage: 1 });
  });

  it('stays within 0 and 1, and UNKNOWN slots change coverage alone', () => {
    fc.assert(
      fc.property(counts, fc.nat(100), (given, more) => {
        const uptime = toUptime(given);
        for (const ratio of Object.values(uptime)) if (ratio !== null) expect(ratio >= 0 && ratio <= 1).toBe(true);
        const longer = toUptime({ ...given, expected: given.expected + more });
        expect([longer.uptimeRaw, longer.uptimeSla]).toEqual([uptime.uptimeRaw, uptime.uptimeSla]);
      }),
    );
  });

  it('of a day is that of its hours added up, in any order', () => {
    fc.assert(
      fc.property(fc.array(counts), (hours) => {
        expect(toUptime([...hours].reverse().reduce(addCounts, noSlots))).toEqual(
          toUptime(hours.reduce(addCounts, noSlots)),
        );
      }),
    );
  });

  it('does not depend on the order in which beats arrive, nor on how often they do', () => {
    const beat = fc.record({
      slot: fc.nat(19),
      sent: fc.integer({ min: -5, max: 65 }),
      delay: fc.integer({ min: -8, max: 150 }),
    });
    const window = { slots: 20, registeredAt: 90, unknown: new Set([9]), maintenance: new Set([14, 15]) };
    fc.assert(
      fc.property(fc.array(beat), fc.array(fc.nat()), (drawn, order) => {
        const beats = drawn.map(({ slot, sent, delay }) => {
          const sentAt = slot * 60 + sent;
          return { slot, sentAt, receivedAt: sentAt + delay };
        });
        const shuffled = [...beats, ...beats].sort(
          (one, other) => (order[beats.indexOf(one)] ?? 0) - (order[beats.indexOf(other)] ?? 0),
        );
        expect(judgeAll(shuffled, window).counts).toEqual(judgeAll(beats, window).counts);
      }),
    );
  });
});

describeWithShared('../oracles/metric-oracles.json', 'the oracle of uptime', () => {
  it('REL-01: grace, late, duplicate, out of order, collector outage, maintenance', () => {
    const oracles = JSON.parse(readFileSync(toSharedPath('../oracles/metric-oracles.json'), 'utf8'));
    const { inputs, expected } = oracles.find(({ id }: { readonly id: string }) => id === 'REL-01');
    const window = {
      slots: inputs.windowEnd / inputs.slotSeconds,
      registeredAt: inputs.registeredAt,
      unknown: new Set<number>(inputs.collectorDownSlots),
      maintenance: new Set<number>(inputs.maintenanceSlots),
    };
    const judged = judgeAll(inputs.heartbeatsInArrivalListOrder, window);
    expect(judged.verdicts).toEqual(expected.verdicts);
    const codes = [...new Set(judged.verdicts)];
    const byCode = codes.map((code) => [code, judged.verdicts.filter((verdict) => verdict === code).length]);
    expect(Object.fromEntries(byCode)).toEqual(expected.counts);
    expect(judged.missed).toEqual(expected.missedSlots);
    expect(judged.counts).toEqual({
      ...{ up: expected.upSlots, known: expected.knownSlots, expected: expected.expectedSlots },
      ...{
        maintenance: expected.knownSlots - expected.slaSlots,
        maintenanceUp: expected.upSlots - expected.slaUpSlots,
      },
    });
    expect(judged.counts.expected - judged.counts.known).toBe(expected.unknownSlots);
    expect(judged.uptimeRaw).toBeCloseTo(expected.uptimeRaw, 9);
    expect(judged.uptimeSla).toBeCloseTo(expected.uptimeSla, 9);
    expect(judged.coverage).toBeCloseTo(expected.coverage, 9);
  });
});

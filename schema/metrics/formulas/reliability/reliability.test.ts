import fc from 'fast-check';
import { addCounts, noSlots, toUptime } from '../../../heartbeat/uptime.js';
import { wilsonInterval } from '../statistics/wilsonInterval.js';
import { betaReputation } from './betaReputation.js';
import { clippedWindow } from './clippedWindow.js';
import { ageEvidence, decayedEvidence } from './decayedEvidence.js';
import { effectiveSampleSize } from './effectiveSampleSize.js';
import { empiricalBayesPrior, priorWithout, toPeerPanel } from './empiricalBayesPrior.js';
import { networkUptime } from './networkUptime.js';
import { type DownRun, foldHalfHour, type OutageRun, toOutage } from './outageRuns.js';
import { outageStatistics } from './outageStatistics.js';

const many = { numRuns: Number(process.env.PROPERTY_CASES ?? 2_000) };

type Slot = 'up' | 'down' | 'unknown';
const slots = fc.array(fc.constantFrom<Slot>('up', 'up', 'down', 'unknown'), { minLength: 0, maxLength: 200 });

/** By the bits of half hours, as the roller does it. */
function listOutages(line: readonly Slot[]): readonly OutageRun[] {
  const outages: OutageRun[] = [];
  let run: DownRun | null = null;
  for (let fromSlot = 0; fromSlot < line.length; fromSlot += 30) {
    const part = line.slice(fromSlot, fromSlot + 30);
    const toBits = (isSet: (slot: Slot) => boolean) =>
      part.reduce((bits, slot, at) => (isSet(slot) ? bits | (1 << at) : bits), 0);
    const half = { fromSlot, up: toBits((slot) => slot === 'up'), known: toBits((slot) => slot !== 'unknown') };
    run = foldHalfHour(run, half, (outage) => outages.push(outage));
  }
  const open = toOutage(run, false);
  return open ? [...outages, open] : outages;
}

/** By the words of the definition, slot by slot. */
function modelOutages(line: readonly Slot[]): readonly OutageRun[] {
  const known = line.flatMap((slot, at) => (slot === 'unknown' ? [] : [{ slot, at }]));
  const groups: { slot: Slot; at: number }[][] = [];
  for (const one of known) {
    const last = groups.at(-1);
    if (last?.[0]?.slot === one.slot) last.push(one);
    else groups.push([one]);
  }
  return groups.flatMap((group, index) => {
    const [first, last] = [group[0], group.at(-1)];
    if (first?.slot !== 'down' || !last || group.length < 2) return [];
    return [{ fromSlot: first.at, lastSlot: last.at, down: group.length, ended: index < groups.length - 1 }];
  });
}

describe('outages', () => {
  it('are maximal runs of at least two down slots, which UNKNOWN ones neither start nor end', () => {
    fc.assert(
      fc.property(slots, (line) => {
        expect(listOutages(line)).toEqual(modelOutages(line));
      }),
      many,
    );
  });

  it('stay the same when slots are added that nobody knows', () => {
    fc.assert(
      fc.property(slots, fc.nat(), (line, seed) => {
        const at = line.length === 0 ? 0 : seed % line.length;
        const without = listOutages(line).map(({ down, ended }) => ({ down, ended }));
        const stretched: Slot[] = [...line.slice(0, at), 'unknown', ...line.slice(at)];
        expect(listOutages(stretched).map(({ down, ended }) => ({ down, ended }))).toEqual(without);
      }),
      many,
    );
  });
});

describe('UNKNOWN slots, property 16', () => {
  it('never change the uptime, whatever else there is', () => {
    fc.assert(
      fc.property(fc.nat(1_440), fc.nat(1_440), fc.nat(1_440), fc.nat(1_440), (up, down, unknown, more) => {
        const counts = { ...noSlots, up, known: up + down };
        const before = toUptime({ ...counts, expected: up + down + unknown });
        const after = toUptime({ ...counts, expected: up + down + unknown + more });
        expect([after.uptimeRaw, after.uptimeSla]).toEqual([before.uptimeRaw, before.uptimeSla]);
        const node = { gpus: 1, up, known: up + down };
        expect(networkUptime([node, { gpus: 8, up: 0, known: 0 }]).capacityWeighted).toBe(before.uptimeRaw);
      }),
      many,
    );
  });
});

describe('sums of hours, property 8', () => {
  const hour = fc
    .tuple(fc.nat(60), fc.nat(60), fc.nat(60), fc.nat(60), fc.nat(60))
    .map(([up, down, unknown, kept, downKept]) => ({
      ...{ up, known: up + down, expected: up + down + unknown },
      ...{ maintenance: Math.min(kept, up) + Math.min(downKept, down), maintenanceUp: Math.min(kept, up) },
    }));

  it('give what all their slots at once give, by whatever days they are added up first', () => {
    fc.assert(
      fc.property(fc.array(hour, { maxLength: 30 }), fc.integer({ min: 1, max: 7 }), (hours, length) => {
        const days = Array.from({ length: Math.ceil(hours.length / length) }, (_, day) =>
          hours.slice(day * length, (day + 1) * length).reduce(addCounts, noSlots),
        );
        const direct = hours.reduce(addCounts, noSlots);
        const rolled = days.reduce(addCounts, noSlots);
        expect([rolled, toUptime(rolled)]).toEqual([direct, toUptime(direct)]);
      }),
      many,
    );
  });
});

describe('windows', () => {
  const outage = fc.tuple(fc.integer({ min: -2_000, max: -1 }), fc.nat(100));

  it('stay between 0 and 1, add up with their outages, and are null before a life begins', () => {
    fc.assert(
      fc.property(
        fc.array(outage),
        fc.integer({ min: -3_000, max: 100 }),
        fc.integer({ min: 1, max: 3_000 }),
        (drawn, registeredAt, length) => {
          let last = Number.NEGATIVE_INFINITY;
          const outages = drawn
            .sort((one, other) => one[0] - other[0])
            .flatMap(([from, duration]) => {
              if (from < last) return [];
              last = from + duration;
              return [{ from, to: last > 0 ? null : last }];
            });
          const window = clippedWindow({ now: 0, length, registeredAt, outages });
          expect(window.eligible).toBe(Math.max(0, Math.min(length, -registeredAt)));
          expect(window.uptime === null).toBe(window.eligible === 0);
          if (window.uptime !== null) {
            expect(window.uptime).toBeGreaterThanOrEqual(0);
            expect(window.uptime).toBeLessThanOrEqual(1);
            expect(window.uptime * window.eligible + window.down).toBeCloseTo(window.eligible, 6);
          }
          expect(window.coverage).toBeLessThanOrEqual(1);
        },
      ),
      many,
    );
  });
});

describe('evidence that fades', () => {
  const event = fc.record({ age: fc.double({ min: 0, max: 400, noNaN: true }), ok: fc.boolean() });

  it('is the same in any order, and fades as a whole as its events do', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 20 }), fc.double({ min: 0, max: 100, noNaN: true }), (events, by) => {
        const now = decayedEvidence(events, 30);
        expect(decayedEvidence(events.toReversed(), 30)).toEqual(now);
        const later = decayedEvidence(
          events.map(({ age, ok }) => ({ age: age + by, ok })),
          30,
        );
        const aged = ageEvidence(now, { by, halfLife: 30 });
        expect(Math.abs(later.r - aged.r)).toBeLessThanOrEqual(1e-9);
        expect(Math.abs(later.s - aged.s)).toBeLessThanOrEqual(1e-9);
      }),
      many,
    );
  });
});

describe('priors of peers', () => {
  const record = fc
    .tuple(fc.double({ min: 0, max: 1e4, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([n, share]) => ({ n, s: Math.min(n, n * share) }));
  const extreme = fc.nat(50).chain((n) => fc.constantFrom({ n, s: n }, { n, s: 0 }));
  const panel = fc.array(fc.oneof(record, extreme), { maxLength: 12 });

  it('always are distributions, of weight 2 to 200, whatever the peers did', () => {
    fc.assert(
      fc.property(panel, (records) => {
        const prior = empiricalBayesPrior(records);
        if (records.filter(({ n }) => n >= 0.001).length < 2) {
          expect(prior).toBeNull();
          return;
        }
        expect(prior?.alpha).toBeGreaterThan(0);
        expect(prior?.beta).toBeGreaterThan(0);
        expect(prior?.weight).toBeGreaterThanOrEqual(2);
        expect(prior?.weight).toBeLessThanOrEqual(200);
        if (!prior) return;
        const { lower05 } = betaReputation({ r: 0, s: 0 }, prior);
        expect(lower05 >= 0 && lower05 <= 1).toBe(true);
      }),
      many,
    );
  });

  it('are bit for bit the same in any order, and without a peer what the others alone would give', () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 3, maxLength: 10 }), fc.nat(), (records, seed) => {
        expect(empiricalBayesPrior(records.toReversed())).toEqual(empiricalBayesPrior(records));
        const at = seed % records.length;
        const others = records.filter((_, index) => index !== at);
        const without = priorWithout(toPeerPanel(records), records.slice(at, at + 1));
        const anew = empiricalBayesPrior(others);
        expect(without === null).toBe(anew === null);
        if (!without || !anew) return;
        expect(Math.abs(without.mu - anew.mu)).toBeLessThanOrEqual(1e-9);
        expect(Math.abs(without.sampleVar - anew.sampleVar)).toBeLessThanOrEqual(1e-9);
      }),
      many,
    );
  });
});

describe('the effective number of slots', () => {
  const record = fc
    .tuple(fc.nat(50_000), fc.nat(50_000), fc.nat(50_000), fc.nat(100))
    .map(([up, down, single, events]) => {
      const failures = Math.min(events, up, Math.floor(down / 2));
      return { slots: up + down + single, up, down, failures, repairs: failures };
    });

  it('is between none and all of them, and the bounds by it hold the uptime and widen with confidence', () => {
    fc.assert(
      fc.property(
        record,
        fc.double({ min: 0, max: 4, noNaN: true }),
        fc.double({ min: 0, max: 4, noNaN: true }),
        (slotRecord, one, other) => {
          const n = effectiveSampleSize(slotRecord);
          expect(n).toBeGreaterThanOrEqual(0);
          expect(n).toBeLessThanOrEqual(slotRecord.slots);
          const successes = slotRecord.slots === 0 ? 0 : Math.min(n, (slotRecord.up / slotRecord.slots) * n);
          const narrow = wilsonInterval({ successes, n, z: Math.min(one, other) });
          const wide = wilsonInterval({ successes, n, z: Math.max(one, other) });
          expect(wide.lower).toBeLessThanOrEqual(narrow.lower + 1e-12);
          expect(wide.upper).toBeGreaterThanOrEqual(narrow.upper - 1e-12);
        },
      ),
      many,
    );
  });

  it('makes a node that was never down worth about one with a single short outage', () => {
    const never = effectiveSampleSize({ slots: 1_440, up: 1_440, down: 0, failures: 0, repairs: 0 });
    const once = effectiveSampleSize({ slots: 1_440, up: 1_438, down: 2, failures: 1, repairs: 1 });
    expect(never).toBeCloseTo(480, -1);
    expect(once).toBeCloseTo(never, -1);
    expect(effectiveSampleSize({ slots: 0, up: 0, down: 0, failures: 0, repairs: 0 })).toBe(0);
    // Down all along, or down until now: few trials, never none.
    expect(effectiveSampleSize({ slots: 1_440, up: 840, down: 600, failures: 1, repairs: 0 })).toBeGreaterThan(1);
  });
});

describe('statistics of outages', () => {
  const sums = fc
    .tuple(fc.nat(1e6), fc.nat(1e6), fc.nat(500), fc.nat(500), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([up, down, failures, repairs, share]) => ({
      up,
      down,
      failures,
      repairs,
      repairedDown: Math.floor(down * share),
    }));

  it('are null without evidence and never infinite; bounds hold the estimate; availability is up by up and down', () => {
    fc.assert(
      fc.property(sums, (given) => {
        const got = outageStatistics(given);
        expect(Object.values(got).every((value) => value === null || Number.isFinite(value))).toBe(true);
        expect(got.mtbf === null).toBe(given.failures === 0 || given.up === 0);
        if (got.mtbf !== null) {
          expect(got.mtbfLow).toBeLessThanOrEqual(got.mtbf);
          expect(got.mtbfHigh).toBeGreaterThanOrEqual(got.mtbf);
        }
        expect(got.availability).toBe(given.up + given.down > 0 ? given.up / (given.up + given.down) : null);
      }),
      many,
    );
  });
});

describe('a network', () => {
  const node = fc
    .tuple(fc.option(fc.nat(16)), fc.nat(1_440), fc.nat(1_440))
    .map(([gpus, up, down]) => ({ gpus, up, known: up + down }));

  it('is the same whatever the order of its nodes; each figure lies within 0 and 1, quantiles in order', () => {
    fc.assert(
      fc.property(fc.array(node, { maxLength: 20 }), (nodes) => {
        const got = networkUptime(nodes);
        expect(networkUptime(nodes.toReversed())).toEqual(got);
        const { nodesWithoutData, ...rates } = got;
        expect(Object.values(rates).every((rate) => rate === null || (rate >= 0 && rate <= 1))).toBe(true);
        expect(nodesWithoutData).toBe(nodes.filter(({ known }) => known === 0).length);
        if (got.p5 !== null) {
          expect(got.p50).toBeGreaterThanOrEqual(got.p5);
          expect(got.p95).toBeGreaterThanOrEqual(got.p50 as number);
        }
      }),
      many,
    );
  });
});

import fc from 'fast-check';
import { costPerSuccess } from '../price/costPerSuccess.js';
import { ONE, parseFixed } from '../price/fixedPoint.js';
import { boundSuccess } from './boundSuccess.js';
import type { Candidate, GpuHourPrice, Machine, Workload } from './Candidate.js';
import { type Assessed, compareKeys, rankCandidates, toRankKey } from './rankCandidates.js';
import { findGroup, leftOutGroups, type ReasonCode, reasons } from './reasons.js';

const anything: Workload = {
  ...{ model: null, minVramGib: null, gpuCount: 1, regionsIn: null, regionsOut: [], minSuccess: null, maxPrice: null },
};
const usd = (price: string): GpuHourPrice => ({ token: 'n:dev', inToken: parseFixed(price), usd: parseFixed(price) });
const machine = (given: Partial<Machine> = {}): Machine => ({
  ...{ id: 'm', model: 'nvidia-h100', vramMib: 80 * 1_024, isPlausible: true, gpus: 8, region: 'eu-west' },
  ...{ isOnline: true, isBusy: false, ask: usd('2') },
  ...given,
});
const candidate = (id: string, given: Partial<Candidate> = {}): Candidate => ({
  ...{ id, isHistory: false, isActive: true, notRecorded: {}, machines: [machine()], isHeard: true, otherUnits: [] },
  ...{ settled: [], availability: '0.99', score: '90' },
  success: { attempts: 100, succeeded: 98, scoreLower: null, evidence: 'strong' },
  ...given,
});

const listIds = (assessed: readonly Assessed[]) => assessed.map((one) => one.candidate.id);
const rankIds = (candidates: readonly Candidate[], workload: Partial<Workload> = {}) =>
  listIds(rankCandidates(candidates, { ...anything, ...workload }).ranked);
/** Of the only candidate that is left out. */
function findReasons(given: Partial<Candidate>, workload: Partial<Workload> = {}) {
  const { ranked, leftOut } = rankCandidates([candidate('p', given)], { ...anything, ...workload });
  expect(ranked).toEqual([]);
  const [found] = leftOutGroups.flatMap((group) => leftOut[group].map(({ reasons: own }) => ({ group, own })));
  return { group: found?.group, codes: found?.own.map(({ code }) => code), reasons: found?.own };
}

describe('a ranking', () => {
  it('is by what an hour that succeeds costs, not by its price', () => {
    const unreliable = candidate('cheap', {
      machines: [machine({ ask: usd('1.5') })],
      success: { attempts: 100, succeeded: 60, scoreLower: null, evidence: 'strong' },
    });
    const [first, second] = rankCandidates([unreliable, candidate('dear')], anything).ranked;
    expect([first?.candidate.id, second?.candidate.id]).toEqual(['dear', 'cheap']);
    const lower = boundSuccess(candidate('dear').success)?.lower ?? '';
    expect(first?.cost?.usd).toBe(costPerSuccess(2n * ONE, { success: lower, failedShare: '1' }));
    expect(first?.cost?.usd).toBe((2n * ONE * ONE + parseFixed(lower) / 2n) / parseFixed(lower));
  });

  it('lets who has proven little look dear', () => {
    const newcomer = candidate('new', { success: { attempts: 3, succeeded: 3, scoreLower: null, evidence: 'thin' } });
    expect(rankIds([newcomer, candidate('old')])).toEqual(['old', 'new']);
  });

  it('takes the lower of two bounds, so that trade with oneself buys no place', () => {
    const washed = { attempts: 1_000, succeeded: 1_000, scoreLower: '0.4', evidence: 'thin' } as const;
    expect(boundSuccess(washed)).toMatchObject({ lower: '0.4', basis: 'score' });
    expect(boundSuccess({ ...washed, scoreLower: '1' })).toMatchObject({ basis: 'attempts' });
    expect(boundSuccess({ ...washed, attempts: 0, succeeded: 0 })).toBeNull();
    expect(rankIds([candidate('wash', { success: washed }), candidate('honest')])).toEqual(['honest', 'wash']);
  });

  it('takes what is asked, of free machines first, and else what was agreed on for those machines', () => {
    const machines = [
      machine({ id: 'busy', gpus: 4, ask: usd('1'), isBusy: true }),
      machine({ id: 'a', gpus: 4, ask: usd('2') }),
      machine({ id: 'b', gpus: 4, ask: usd('4') }),
    ];
    const priceOf = (gpuCount: number, given: Partial<Candidate>) =>
      rankCandidates([candidate('p', given)], { ...anything, gpuCount }).ranked[0]?.offer;
    expect(priceOf(4, { machines })).toMatchObject({ basis: 'advertised', price: { usd: 2n * ONE }, machines: 1 });
    expect(priceOf(8, { machines })).toMatchObject({ price: { usd: 3n * ONE }, machines: 2 });
    // Not as many are free: all that are there, then.
    expect(priceOf(12, { machines })?.price.usd).toBe((7n * ONE + 1n) / 3n);
    const settled = [
      { machine: 'm', price: usd('5'), trades: 2 },
      { machine: 'm', price: usd('7'), trades: 3 },
      { machine: 'elsewhere', price: usd('1'), trades: 9 },
    ];
    expect(priceOf(1, { machines: [machine({ ask: null })], settled })).toMatchObject({
      ...{ basis: 'settled', price: { usd: 7n * ONE }, n: 5 },
    });
  });

  it('puts those without USD behind, token by token', () => {
    const without = (token: string, price: string) =>
      machine({ ask: { token, inToken: parseFixed(price), usd: null } });
    const candidates = [
      candidate('b1', { machines: [without('n:b', '1')] }),
      candidate('a2', { machines: [without('n:a', '2')] }),
      candidate('a1', { machines: [without('n:a', '1')] }),
      candidate('usd', { machines: [machine({ ask: usd('900') })] }),
    ];
    expect(rankIds(candidates)).toEqual(['usd', 'a1', 'a2', 'b1']);
  });

  it('breaks ties by availability, then score, then id, with the unknown last', () => {
    const candidates = [
      candidate('z', { availability: '0.5' }),
      candidate('y', { availability: null }),
      candidate('d', { availability: '0.9', score: null }),
      candidate('c', { availability: '0.9' }),
      candidate('b', { availability: '0.9' }),
    ];
    expect(rankIds(candidates)).toEqual(['b', 'c', 'd', 'z', 'y']);
    expect(rankIds([...candidates].reverse())).toEqual(['b', 'c', 'd', 'z', 'y']);
  });
});

describe('who is not ranked', () => {
  const nobody = { attempts: 0, succeeded: 0, scoreLower: null, evidence: null } as const;
  it.each<[ReasonCode, Partial<Candidate>, Partial<Workload>]>([
    ['RECORDED_HISTORY', { isHistory: true }, {}],
    ['INACTIVE', { isActive: false }, {}],
    ['NOTHING_OFFERED', { machines: [] }, {}],
    ['IMPLAUSIBLE_HARDWARE', { machines: [machine({ isPlausible: false })] }, {}],
    ['WRONG_MODEL', {}, { model: 'nvidia-a100' }],
    ['NOT_ENOUGH_VRAM', {}, { minVramGib: 81 }],
    ['WRONG_REGION', {}, { regionsIn: ['us', 'europe'] }],
    ['WRONG_REGION', {}, { regionsOut: ['eu'] }],
    ['TOO_FEW_GPUS', {}, { gpuCount: 9 }],
    ['PRICE_ABOVE', {}, { maxPrice: ONE }],
    ['NEVER_SUCCEEDED', { success: { attempts: 9, succeeded: 0, scoreLower: null, evidence: 'fair' } }, {}],
    ['SUCCESS_BELOW', {}, { minSuccess: parseFixed('0.97') }],
    ['OFFLINE', { machines: [machine({ isOnline: false })] }, {}],
    ['OFFLINE', { machines: [machine({ isOnline: null })] }, {}],
    ['HARDWARE_NOT_RECORDED', { machines: [machine({ model: null })], notRecorded: { nodes: 'No.' } }, { model: 'x' }],
    ['HARDWARE_UNKNOWN', { machines: [machine({ vramMib: null })] }, { minVramGib: 8 }],
    ['REGION_UNKNOWN', { machines: [machine({ region: null })] }, { regionsOut: ['eu'] }],
    ['GPU_COUNT_UNKNOWN', { machines: [machine({ gpus: null })] }, { gpuCount: 2 }],
    ['PRICE_NOT_RECORDED', { machines: [machine({ ask: null })], notRecorded: { price: 'No.' } }, {}],
    ['NOT_PRICED_BY_GPU_HOUR', { machines: [machine({ ask: null })], otherUnits: ['task'] }, {}],
    ['NO_PRICE', { machines: [machine({ ask: null })] }, {}],
    ['NO_PRICE', { machines: [machine({ ask: usd('0') })] }, {}],
    ['NO_USD', { machines: [machine({ ask: { ...usd('1'), usd: null } })] }, { maxPrice: ONE }],
    ['JOBS_NOT_RECORDED', { success: nobody, notRecorded: { jobs: 'No.' } }, {}],
    ['NO_ATTEMPTS', { success: nobody }, {}],
    ['NO_INDEPENDENT_EVIDENCE', { success: { attempts: 9, succeeded: 9, scoreLower: '0.6', evidence: 'none' } }, {}],
  ])('for %s is in its group', (code, given, workload) => {
    expect(findReasons(given, workload)).toMatchObject({ codes: [code], group: reasons[code].group });
  });

  it('has every reason told, and stands where the gravest one puts it', () => {
    const found = findReasons(
      { machines: [machine({ isOnline: false, ask: null })], success: nobody },
      { gpuCount: 99 },
    );
    expect(found).toMatchObject({ group: 'excluded', codes: ['OFFLINE', 'TOO_FEW_GPUS', 'NO_PRICE', 'NO_ATTEMPTS'] });
    expect(found.reasons?.[1]).toEqual({ code: 'TOO_FEW_GPUS', expected: '99', got: '8' });
  });

  it('is not said to have failed at all where only nothing of it counts', () => {
    const record = { attempts: 9, succeeded: 5, scoreLower: '0.000000', evidence: 'thin' } as const;
    expect(findReasons({ success: record }).reasons).toEqual([
      { code: 'NEVER_SUCCEEDED', expected: null, got: 'none that counts for the score' },
    ]);
    const failed = { ...record, succeeded: 0 };
    expect(findReasons({ success: failed }).reasons).toMatchObject([{ got: '0 of 9' }]);
  });

  it('is not said to be away where hardly anybody is heard', () => {
    const silent = candidate('p', { isHeard: false, machines: [machine({ isOnline: null })] });
    expect(rankIds([silent])).toEqual(['p']);
  });

  it('tells a region from one that begins alike', () => {
    expect(rankIds([candidate('p')], { regionsIn: ['eu'] })).toEqual(['p']);
    expect(rankIds([candidate('p')], { regionsIn: ['eu-west'] })).toEqual(['p']);
    expect(rankIds([candidate('p')], { regionsIn: ['eu-we'] })).toEqual([]);
    expect(rankIds([candidate('p')], { regionsOut: ['us'] })).toEqual(['p']);
  });
});

describe('any ranking', () => {
  const decimal = (max: number, places: number) =>
    fc.integer({ min: 1, max: max * 10 ** places }).map((value) => (value / 10 ** places).toFixed(places));
  const anyMachine = fc.record({
    ...{ id: fc.constantFrom('m1', 'm2', 'm3'), model: fc.constantFrom('nvidia-h100', 'nvidia-a100', null) },
    ...{ vramMib: fc.constantFrom(81_920, 24_576, null), isPlausible: fc.constantFrom(true, false, null) },
    ...{ gpus: fc.constantFrom(1, 8, null), region: fc.constantFrom('eu-west', 'us', null) },
    ...{ isOnline: fc.constantFrom(true, true, false, null), isBusy: fc.constantFrom(true, false, null) },
    ask: fc.option(
      fc
        .record({ price: decimal(9, 3), token: fc.constantFrom('n:a', 'n:b'), hasUsd: fc.boolean() })
        .map(({ price, token, hasUsd }) => ({
          token,
          inToken: parseFixed(price),
          usd: hasUsd ? parseFixed(price) : null,
        })),
    ),
  });
  const anyCandidate = fc.record({
    ...{ isHistory: fc.constant(false), isActive: fc.constantFrom(true, true, false, null), isHeard: fc.boolean() },
    machines: fc.array(anyMachine, { maxLength: 3 }),
    attempts: fc.integer({ min: 0, max: 60 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    scoreLower: fc.option(decimal(1, 3)),
    availability: fc.option(decimal(1, 3)),
    evidence: fc.constantFrom('none', 'thin', 'strong', null),
  });
  const toCandidates = (given: readonly (typeof anyCandidate extends fc.Arbitrary<infer Drawn> ? Drawn : never)[]) =>
    given.map(({ attempts, share, scoreLower, evidence, ...rest }, at) =>
      candidate(`p${at}`, {
        ...rest,
        success: { ...{ attempts, scoreLower, evidence }, succeeded: Math.round(attempts * share) },
      }),
    );
  const anyWorkload = fc.record({
    ...{ model: fc.constantFrom(null, 'nvidia-h100'), minVramGib: fc.constantFrom(null, 24, 80) },
    ...{ gpuCount: fc.constantFrom(1, 8), regionsIn: fc.constantFrom(null, ['eu']), regionsOut: fc.constant([]) },
    minSuccess: fc.option(decimal(1, 2).map(parseFixed)),
    maxPrice: fc.option(decimal(9, 1).map(parseFixed)),
  });
  const many = { numRuns: 2_000 };

  it('has everybody once, ranked without a reason or left out with one', () => {
    fc.assert(
      fc.property(fc.array(anyCandidate, { maxLength: 8 }), anyWorkload, (given, workload) => {
        const candidates = toCandidates(given);
        const { ranked, leftOut } = rankCandidates(candidates, workload);
        const all = [...ranked, ...leftOutGroups.flatMap((group) => leftOut[group])];
        expect(listIds(all).sort()).toEqual(candidates.map(({ id }) => id).sort());
        for (const one of ranked) expect([one.reasons, one.cost === null]).toEqual([[], false]);
        for (const group of leftOutGroups) {
          for (const one of leftOut[group]) expect(findGroup(one.reasons)).toBe(group);
        }
        const keys = ranked.map(toRankKey);
        for (const [at, key] of keys.slice(1).entries()) {
          expect(compareKeys(keys[at] ?? key, key)).toBe(-1);
        }
      }),
      many,
    );
  });

  it('is the same in whatever order they come', () => {
    fc.assert(
      fc.property(fc.array(anyCandidate, { maxLength: 8 }), anyWorkload, (given, workload) => {
        const candidates = toCandidates(given);
        const toText = (order: readonly Candidate[]) => {
          const { ranked, leftOut } = rankCandidates(order, workload);
          return [listIds(ranked), leftOutGroups.map((group) => listIds(leftOut[group]))];
        };
        expect(toText([...candidates].reverse())).toEqual(toText(candidates));
      }),
      many,
    );
  });

  /** How many stand before the first candidate; everybody, where it is left out. */
  const toPlace = (candidates: readonly Candidate[], workload: Workload) => {
    const at = listIds(rankCandidates(candidates, workload).ranked).indexOf('p0');
    return at < 0 ? candidates.length : at;
  };
  const some = fc.array(anyCandidate, { minLength: 2, maxLength: 8 });

  it('never ranks one lower for one more success of as many attempts, or a better bound of its score', () => {
    fc.assert(
      fc.property(some, anyWorkload, decimal(1, 3), (given, workload, bound) => {
        const [first, ...others] = toCandidates(given);
        if (!first) return;
        const before = toPlace([first, ...others], workload);
        const { success } = first;
        const succeeded = Math.min(success.attempts, success.succeeded + 1);
        const scoreLower =
          success.scoreLower && (Number(bound) > Number(success.scoreLower) ? bound : success.scoreLower);
        const better = { ...first, success: { ...success, succeeded, scoreLower } };
        expect(toPlace([better, ...others], workload)).toBeLessThanOrEqual(before);
        const available = { ...first, availability: '1' };
        expect(toPlace([available, ...others], workload)).toBeLessThanOrEqual(before);
      }),
      many,
    );
  });

  it('never ranks one higher for a higher price', () => {
    fc.assert(
      fc.property(some, anyWorkload, decimal(9, 3), (given, workload, more) => {
        const [first, ...others] = toCandidates(given);
        if (!first) return;
        const raise = (price: bigint | null) => (price === null ? null : price + parseFixed(more));
        const machines = first.machines.map((one, at) =>
          at > 0 || !one.ask
            ? one
            : { ...one, ask: { ...one.ask, inToken: one.ask.inToken + parseFixed(more), usd: raise(one.ask.usd) } },
        );
        expect(toPlace([{ ...first, machines }, ...others], workload)).toBeGreaterThanOrEqual(
          toPlace([first, ...others], workload),
        );
      }),
      many,
    );
  });
});

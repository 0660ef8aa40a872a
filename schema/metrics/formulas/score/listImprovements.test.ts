import { DELIVERIES, listImprovements, type PublishedScore } from './listImprovements.js';

/** As a provider of the development network published it. */
const published: PublishedScore = {
  evidenceWeight: '4.250000',
  components: [
    {
      ...{ name: 'availability', weight: 0.3, value: '0.900000', basis: 'evidence' },
      inputs: { up: 900, known: 1_000, lower: '0.900000' },
    },
    {
      ...{ name: 'jobSuccess', weight: 0.35, value: '0.441300', basis: 'evidence' },
      inputs: {
        ...{
          successes: '10.000000',
          failures: '2.000000',
          priorAlpha: '8.000000',
          priorBeta: '2.000000',
          priorPeers: 9,
        },
        ...{ lower: '0.628690', streakExcess: '2.360000', streakFactor: '0.701874' },
      },
    },
    {
      ...{ name: 'integrity', weight: 0.2, value: '0.800000', basis: 'evidence' },
      inputs: { clean: '10.000000', incidents: '1.000000', lostDisputes: '0.000000', lower: '0.800000' },
    },
  ],
};

describe('what would raise a score', () => {
  it('is for each part what it costs alone, to the last digit', () => {
    const whole = listImprovements(published).filter(({ kind }) => kind === 'whole');
    const score = 100 * 0.9 ** 0.3 * 0.4413 ** 0.35 * 0.8 ** 0.2;
    expect(whole.map(({ component }) => component)).toEqual(['jobSuccess', 'integrity', 'availability']);
    for (const [component, factor] of [
      ['jobSuccess', 0.4413 ** 0.35],
      ['integrity', 0.8 ** 0.2],
      ['availability', 0.9 ** 0.3],
    ] as const) {
      const found = whole.find((one) => one.component === component);
      expect(Number(found?.points)).toBeCloseTo(score / factor - score, 5);
    }
  });

  it('is so many tasks in a row as end a streak of failures, and what it costs', () => {
    const streak = listImprovements(published).find(({ kind }) => kind === 'streak');
    // Each takes ln(0.95 / 0.5) = 0.642 off 2.36.
    expect(streak).toMatchObject({ component: 'jobSuccess', count: 4 });
    const score = 100 * 0.9 ** 0.3 * 0.4413 ** 0.35 * 0.8 ** 0.2;
    expect(Number(streak?.points)).toBeCloseTo(score * (0.62869 / 0.4413) ** 0.35 - score, 5);
    const calm = published.components.map((one) =>
      one.name === 'jobSuccess' ? { ...one, inputs: { ...one.inputs, streakExcess: '0.000000' } } : one,
    );
    expect(listImprovements({ ...published, components: calm }).some(({ kind }) => kind === 'streak')).toBe(false);
  });

  it('is what more delivered tasks would give, and less where fewer speak against it already', () => {
    const find = (score: PublishedScore) =>
      Number(listImprovements(score).find(({ kind }) => kind === 'deliveries')?.points ?? 0);
    expect(listImprovements(published).find(({ kind }) => kind === 'deliveries')).toMatchObject({ count: DELIVERIES });
    expect(find(published)).toBeGreaterThan(0);
    // It cannot give more than all parts that are made of tasks cost together.
    const score = 100 * 0.9 ** 0.3 * 0.4413 ** 0.35 * 0.8 ** 0.2;
    expect(find(published)).toBeLessThan(100 * 0.9 ** 0.3 - score);
  });

  it('is weight to the next grade of evidence, and none from strong evidence on', () => {
    const missing = (evidenceWeight: string) =>
      listImprovements({ ...published, evidenceWeight }).find(({ kind }) => kind === 'evidence')?.count;
    expect(['0.000000', '4.250000', '20.000000', '99.500000', '100.000000'].map(missing)).toEqual([
      20,
      16,
      80,
      1,
      undefined,
    ]);
  });

  it('is to be heard, of whom nothing is heard; and nothing where no score is', () => {
    const silent = {
      name: 'availability',
      weight: 1,
      value: '0.500000',
      basis: 'prior',
      inputs: { peers: 0 },
    } as const;
    expect(listImprovements({ components: [silent], evidenceWeight: '0.000000' })).toEqual([
      { kind: 'whole', component: 'availability', points: '50.000000', count: null },
      { kind: 'heartbeats', component: 'availability', points: null, count: null },
      { kind: 'evidence', component: null, points: null, count: 20 },
    ]);
    expect(listImprovements({ components: [], evidenceWeight: '0.000000' })).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { catalogue } from '../../schema/metrics/catalogue.js';
import { listStatements } from './listStatements.js';
import { type OpenApi, openApi } from './openApi.js';
import { emptyNetworks, id, recordedId, seed } from './seed.js';
import { makePartitions } from './seedHeartbeats.js';
import { heardSeed, NOW, rankingSeed } from './seedRanking.js';

/** Only the clock is ours: sockets go on as they do. */
const timers = [
  ...(['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate'] as const),
  ...(['nextTick', 'queueMicrotask', 'hrtime', 'performance'] as const),
];
jest.useFakeTimers({ now: new Date(NOW), doNotFake: timers });

interface Row {
  readonly id: string;
  readonly better: string | null;
  readonly best: readonly string[] | null;
  readonly differ: boolean | null;
  readonly comparable: boolean;
  readonly values: readonly Record<string, unknown>[];
}
interface Comparison {
  readonly differing: number;
  readonly providers: readonly { readonly id: string }[];
  readonly rows: readonly Row[];
}

let open: OpenApi;
beforeAll(async () => {
  open = await openApi(rankingSeed);
  await makePartitions(open.url);
  await seed(open.url, heardSeed);
});
afterAll(() => open.close());

const query = `query Compare($ids: [ID!]!) { compare(ids: $ids) {
  differing providers { id }
  rows { id group title unit definition caveats better best differ comparable values { provider value text samples at reason caveat } }
} }`;

async function compare(ids: readonly string[]): Promise<Comparison> {
  return (await open.read<{ compare: Comparison }>(query, { ids })).compare;
}
function getRow({ rows }: Comparison, name: string): Row {
  const found = rows.find((row) => row.id === name);
  if (!found) throw new Error(`Expected a row ${name}, got ${rows.map((row) => row.id).join()}`);
  return found;
}
const toValues = ({ values }: Row) => values.map(({ value, text }) => value ?? text);

describe('a comparison of providers', () => {
  it('has a row for every metric of providers, and each row a value for each of them', async () => {
    const ids = ['cheap', 'steady'].map(id);
    const comparison = await compare(ids);
    expect(comparison.providers.map((provider) => provider.id)).toEqual(ids);
    const names = comparison.rows.map((row) => row.id.replace(/@\d+$/, ''));
    const ofProviders = catalogue.filter(({ subjects }) => subjects.includes('provider'));
    expect(ofProviders.map((metric) => metric.id as string).filter((name) => !names.includes(name))).toEqual([]);
    expect(new Set(comparison.rows.map((row) => row.id)).size).toBe(comparison.rows.length);
    for (const row of comparison.rows) {
      expect([row.id, row.values.map(({ provider }) => provider)]).toEqual([row.id, ids]);
      // Nothing known is told apart from something by its reason.
      for (const { value, text, reason } of row.values) {
        expect([row.id, value === null && text === null]).toEqual([row.id, reason !== null]);
      }
    }
    expect(comparison.differing).toBe(comparison.rows.filter(({ differ }) => differ).length);
  });

  it('says who is best, which way is good, and whether they differ', async () => {
    const comparison = await compare(['cheap', 'steady', 'away'].map(id));
    const row = (name: string) => getRow(comparison, name);
    expect(row('price.advertised')).toMatchObject({ better: 'lower', best: [id('away')], differ: true });
    expect(toValues(row('price.advertised'))).toEqual(['0.75', '1', '0.5']);
    expect(toValues(row('price.settled'))).toEqual([null, '1.2', null]);
    expect(row('price.settled')).toMatchObject({ best: null, differ: null });
    expect(row('price.bid')).toMatchObject({ better: null, best: null, differ: false });
    expect(toValues(row('jobs.success'))).toEqual(['0.6', '0.98', '1']);
    expect(row('jobs.success')).toMatchObject({ better: 'higher', best: [id('away')] });
    expect(toValues(row('jobs.successLower'))[0]).toBe('0.450000');
    expect(toValues(row('reliability.windowLower@30'))).toEqual(['0.991', '0.990', '0.993']);
    expect(row('reliability.windowLower@30').best).toEqual([id('away')]);
    expect(row('score.reputation')).toMatchObject({ best: null, differ: false });
    expect(row('score.jobSuccess').best).toEqual([id('away')]);
    expect(toValues(row('offer.regions'))).toEqual(['eu-west, us-east', 'eu-west, us-east', null]);
    expect(toValues(row('offer.freeGpus'))).toEqual(['8', '16', null]);
  });

  it('never has for the best who has traded with itself alone', async () => {
    const comparison = await compare(['wash', 'steady', 'cheap'].map(id));
    const success = getRow(comparison, 'jobs.success');
    expect(toValues(success)).toEqual(['1', '0.98', '0.6']);
    expect(success.best).toEqual([id('steady')]);
    expect(success.values[0]?.caveat).toMatch(/^Nothing of it counts/);
    expect(success.values[1]?.caveat).toBeNull();
    expect(toValues(getRow(comparison, 'price.expectedCost'))[0]).toBeNull();
  });

  it('does not hold against each other what is of two tokens, nor takes the unrecorded for nothing', async () => {
    const comparison = await compare([id('steady'), recordedId('orchestrator')]);
    expect(getRow(comparison, 'economy.bonded')).toMatchObject({ comparable: false, best: null });
    const ever = getRow(comparison, 'jobs.ever');
    expect(ever.values).toMatchObject([
      { value: '0', reason: null },
      { value: null, reason: 'jobs are settled off chain.' },
    ]);
    expect(getRow(comparison, 'offer.machines').values[1]).toMatchObject({ value: null });
  });

  it('of one provider has no best', async () => {
    const { rows } = await compare([id('steady').toUpperCase()]);
    expect(rows.filter(({ best, differ }) => best !== null || differ === true)).toEqual([]);
  });

  it('asks as many statements for four as for two', async () => {
    const two = await listStatements(() => compare(['steady', 'cheap'].map(id)));
    const four = await listStatements(() => compare(['steady', 'cheap', 'away', 'tasks'].map(id)));
    expect(four).toHaveLength(two.length);
    // As a ranking, and networks, failures, latest prices, scores, metrics and windows.
    expect(four.length).toBeLessThanOrEqual(16);
  });
});

describe('a comparison that cannot be', () => {
  it.each<[readonly string[], string, string]>([
    [[], 'BAD_USER_INPUT', 'got 0'],
    [['a', 'b', 'c', 'd', 'e'], 'BAD_USER_INPUT', 'Expected ids of from 1 to 4 different providers, got 5'],
    [[id('steady'), id('STEADY')], 'BAD_USER_INPUT', 'got 2 of which some are the same'],
    [[id('steady'), id('nobody')], 'PROVIDER_UNKNOWN', `got "${id('nobody')}"`],
  ])('of %j is refused, naming what is wrong', async (ids, code, message) => {
    expect(await open.fail(query, { ids })).toEqual({ code, message: expect.stringContaining(message) });
  });

  it('in an empty database names whom it does not know', async () => {
    const empty = await openApi(emptyNetworks);
    try {
      expect(await empty.fail(query, { ids: [id('steady')] })).toMatchObject({ code: 'PROVIDER_UNKNOWN' });
    } finally {
      await empty.close();
    }
  });

  it('of a provider as of before its first block is that of nobody', async () => {
    const past = `{ compare(ids: ["${id('steady')}"], block: { timestamp: "2020-01-01T00:00:00Z" }) { differing } }`;
    expect(await open.fail(past)).toMatchObject({ code: 'PROVIDER_UNKNOWN' });
  });
});

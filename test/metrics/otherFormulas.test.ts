import { type OpenApi, openApi } from '../api/openApi.js';
import { chainRow, devnet, execute, networkRow, providerRow, type Row } from '../api/seed.js';
import { describeWithShared } from '../sharedData.js';
import { expectOracle, findOracle, oracleFile } from './findOracle.js';

/** Each example is a network of its own, so that no crowd is in another's way. */
const networks = ['poco', 'golem', 'blacklist', 'leaderboard', 'selection', 'uptime'];
const day = Date.UTC(2026, 0, 10) / 86_400_000;
const rolled = new Date(day * 86_400_000);

/** What somebody else's formula makes of rows as they are rolled, read over the API. */
interface Shown {
  readonly value: string | null;
  readonly verdict: string | null;
}

describeWithShared(oracleFile, 'oracles of the same history by formulas of others', () => {
  let open: OpenApi;

  beforeAll(async () => {
    const oracle = (id: string) => findOracle(id).inputs;
    const stakes: readonly number[] = oracle('REP-03').stakes;
    const { operatorRatios } = oracle('REP-04') as { operatorRatios: readonly number[] };
    const named: readonly (readonly [network: string, name: string, row?: Row])[] = [
      ['poco', 'worker'],
      ...['a', 'b', 'c'].map((name) => ['golem', name] as const),
      ...operatorRatios.map((_, index) => ['blacklist', String(index)] as const),
      ...['slow', 'usual'].map((name) => ['leaderboard', name] as const),
      ...stakes.map((stake, index) => ['selection', String(index), { stake }] as const),
      ['selection', 'left', { stake: 1_000_000, active: false }],
      ...['host', 'newcomer'].map((name) => ['uptime', name] as const),
    ];
    open = await openApi({
      chain: [chainRow()],
      network: networks.map((id) => networkRow({ id, protocol: id })),
      provider: named.map(([network, name, row]) =>
        providerRow(name, { network_id: network, chain_id: devnet.id, ...row }),
      ),
      metric_progress: networks.map((id) => ({
        network_id: id,
        rolled_time: rolled,
        rolled_height: 1,
        method_digest: '',
      })),
      metric: [{ id: 'reliability.uptime', method_version: 1 }],
      metric_subject: [...['a', 'b', 'c'].map((name) => `golem:${name}`), 'uptime:host', 'uptime:newcomer'].map(
        (id) => ({
          ...{ kind: 'provider', id, network_id: id.split(':')[0] },
        }),
      ),
      metric_day: ['a', 'b', 'c'].map((name, index) => uptimeRow(index + 1, oracle('REP-04')[name].uptime)),
      uptime_window: [hostRow(4, oracle('REL-03')), newcomerRow(5)],
    });
    await seedOutcomes(open.url);
  });

  afterAll(() => open?.close());

  async function read(provider: string, id: string): Promise<Shown | undefined> {
    const { provider: found } = await open.read<{ provider: { otherFormulas: readonly (Shown & { id: string })[] } }>(
      `{ provider(id: "${provider}") { otherFormulas { id value verdict } } }`,
    );
    const shown = found.otherFormulas.find((one) => one.id === id);
    return shown && { value: shown.value, verdict: shown.verdict };
  }

  it('REP-01: the last of the scores that a worker has, and what its vote weighs', async () => {
    const { expected } = findOracle('REP-01');
    expect(await read('poco:worker', 'iexec.score')).toEqual({
      value: String(expected.scores.at(-1)),
      verdict: 'a vote of weight 2',
    });
  });

  it('REP-02: success and time of the last day against the median of all', async () => {
    const { expected, tolerance } = findOracle('REP-02');
    const shown = await Promise.all(['slow', 'usual'].map((name) => read(`leaderboard:${name}`, 'livepeer.ai')));
    // Six places are shown.
    expectOracle(shown.map(toNumber), { expected: expected.aiFromRtt, tolerance: Math.max(tolerance, 5e-7) });
  });

  it('REP-03: the chance of each by its stake', async () => {
    const { expected, tolerance } = findOracle('REP-03');
    const shown = await Promise.all(['0', '1', '2'].map((name) => read(`selection:${name}`, 'livepeer.selection')));
    expectOracle(shown.map(toNumber), { expected: expected.defaults, tolerance });
    expect(await read('selection:left', 'livepeer.selection')).toEqual({ value: null, verdict: null });
  });

  it('REP-04: uptime and success, what is not known being zero, and who is far below the mean', async () => {
    const { expected, tolerance } = findOracle('REP-04');
    const [a, b, c] = await Promise.all(['a', 'b', 'c'].map((name) => read(`golem:${name}`, 'golem.score')));
    expectOracle([a, b, c].map(toNumber), { expected: [expected.a, expected.b, expected.cDefaultWeights], tolerance });
    expect([a?.verdict, b?.verdict]).toEqual(['accepted, from 0.8 on', 'refused, below 0.8']);
    const { operatorRatios } = findOracle('REP-04').inputs;
    const shown = await Promise.all(
      operatorRatios.map((_: number, index: number) => read(`blacklist:${index}`, 'golem.blacklist')),
    );
    const distances = operatorRatios.map((ratio: number) => (ratio - expected.meanRatio) / expected.stddevPopulation);
    expectOracle(shown.map(toNumber), { expected: distances, tolerance: 5e-7 });
    expect(shown.flatMap((one, index) => (one?.verdict === 'blacklisted' ? [index] : []))).toEqual(
      expected.blacklistedIndexes,
    );
  });

  it('REL-02 and REL-03: uptime of thirty whole days, as two of them publish it', async () => {
    const { expected } = findOracle('REL-03');
    const shown = await read('uptime:host', 'runpod.uptime');
    expectOracle(toNumber(shown), { expected: expected.uptime, tolerance: 5e-7 });
    expect(shown?.verdict).toBe('listed, from 98 % on');
    // A third of the month that it was there for: twice as good as it was.
    const full = findOracle('REL-02').expected['30d'].uptimeIfFullWindowDenominator;
    expectOracle(toNumber(await read('uptime:newcomer', 'akash.uptime')), { expected: full, tolerance: 5e-7 });
  });
});

function toNumber(shown: Shown | undefined): number {
  return Number(shown?.value ?? Number.NaN);
}

function uptimeRow(subjectKey: number, uptime: number): Row {
  return { subject_key: subjectKey, metric_key: 1, day, num: String(Math.round(uptime * 100)), den: '100', n: 1 };
}

function hostRow(
  subjectKey: number,
  { totalMinutes, downMinutes }: { totalMinutes: number; downMinutes: number },
): Row {
  return windowRow(subjectKey, { known: totalMinutes, down: downMinutes });
}

function newcomerRow(subjectKey: number): Row {
  const { eligibleSeconds, downSeconds } = findOracle('REL-02').expected['30d'];
  return windowRow(subjectKey, { known: eligibleSeconds / 60, down: downSeconds / 60 });
}

function windowRow(subjectKey: number, { known, down }: { readonly known: number; readonly down: number }): Row {
  return {
    ...{ subject_key: subjectKey, days: 30, nodes: 1, up: known - down, known, expected: known },
    ...{ maintenance: 0, maintenance_up: 0, failures: 1, repairs: 1, repaired_down: down, outage_down: down },
    longest_down: down,
  };
}

/** Tasks with the outcomes that the examples have, the first letter of a name being whose they are. */
async function seedOutcomes(url: string): Promise<void> {
  const { events } = findOracle('REP-01').inputs as { events: string };
  for (const [index, event] of [...events].entries()) {
    const [provider, hours] = ['poco:worker', 200 - index];
    await insertOutcomes(url, {
      provider,
      hours,
      seconds: 60,
      good: event === '+' ? 1 : 0,
      bad: event === '+' ? 0 : 1,
    });
  }
  const { a, b, operatorRatios, operatorTasks } = findOracle('REP-04').inputs;
  for (const [name, { successRate }] of Object.entries({ a, b })) {
    const good = Math.round(10 * successRate);
    await insertOutcomes(url, { provider: `golem:${name}`, hours: 200, seconds: 60, good, bad: 10 - good });
  }
  for (const [index, ratio] of operatorRatios.entries()) {
    // As many as make whole tasks of such ratios.
    const tasks = 20 * operatorTasks[index];
    const good = Math.round(tasks * ratio);
    await insertOutcomes(url, { provider: `blacklist:${index}`, hours: 60, seconds: 60, good, bad: tasks - good });
  }
  const [slow, usual] = findOracle('REP-02').inputs.aiFromRtt;
  for (const [name, { successRate, rtt }, tasks] of [
    ['slow', slow, 10],
    ['usual', usual, 20],
  ]) {
    const good = Math.round(tasks * successRate);
    await insertOutcomes(url, { provider: `leaderboard:${name}`, hours: 5, seconds: rtt, good, bad: tasks - good });
  }
}

interface Outcomes {
  readonly provider: string;
  /** Before what is rolled. */
  readonly hours: number;
  /** That each took. */
  readonly seconds: number;
  readonly good: number;
  readonly bad: number;
}

function insertOutcomes(url: string, { provider, hours, seconds, good, bad }: Outcomes): Promise<void> {
  const known = `'${rolled.toISOString()}'::timestamptz - interval '${hours} hours'`;
  return execute(
    url,
    `insert into task_outcome (job_id, task_id, part, network_id, chain_id, provider_id, kind, derived, hardware, known_from, assigned_time)
     select '${provider}:job', '${provider}:${hours}:' || n, 0, '${provider.split(':')[0]}', ${devnet.id}, '${provider}',
       case when n <= ${good} then 'completed' else 'failed' end, false, 'unknown', ${known},
       ${known} - interval '${seconds} seconds'
     from generate_series(1, ${good + bad}) as n`,
  );
}

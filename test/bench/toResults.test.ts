interface Row {
  readonly metric: string;
  readonly value: number | null;
  readonly bar: string | null;
  readonly ok: boolean;
  readonly reason?: string;
}

interface Run {
  readonly ok: boolean;
  readonly reason?: string;
  readonly eventsPerSecond: number;
  readonly requests: number;
}

const { toResults } = await import(new URL('./toResults.mjs', import.meta.url).pathname);

function rowOf(metric: string, runs: Readonly<Record<string, readonly Partial<Run>[]>>, more: object = {}): Row {
  const runsOf = (name: string, subject: string) =>
    (runs[`${name}: ${subject}`] ?? []).map((run) => ({ ok: true, requests: 1, bytes: 1, ...run }));
  const rows: readonly Row[] = toResults({
    runsOf,
    head: { ok: true, p50: 1, p95: 2 },
    peers: [],
    quick: false,
    ...more,
  });
  const found = rows.find((row) => row.metric === metric);
  if (!found) throw new Error(`no row ${metric} among ${rows.map((row) => row.metric).join('; ')}`);
  return found;
}

const speeds = (...values: readonly number[]) => values.map((eventsPerSecond) => ({ eventsPerSecond }));

describe('results of the benchmark', () => {
  it('are ratios of medians, held against their bars', () => {
    const runs = {
      'dense-500k 0 ms: floor': speeds(90, 100, 500),
      'dense-500k 0 ms: ours': speeds(66, 10, 70),
    };
    const row = rowOf('dense-500k 0 ms: ratio to the floor', runs);
    expect(row).toMatchObject({ value: 0.66, bar: '>= 0.65', ok: true });
    const slower = { ...runs, 'dense-500k 0 ms: ours': speeds(64, 10, 70) };
    expect(rowOf('dense-500k 0 ms: ratio to the floor', slower)).toMatchObject({ value: 0.64, ok: false });
  });

  it('do not count where one run did not reach the state, and say so', () => {
    const wrong = { ok: false, reason: 'job 3 instead of 4', eventsPerSecond: 100 };
    const runs = {
      'dense-500k 0 ms: floor': speeds(100, 100, 100),
      'dense-500k 0 ms: ours': [...speeds(90, 90), wrong],
    };
    const row = rowOf('dense-500k 0 ms: ratio to the floor', runs);
    expect(row).toMatchObject({ value: null, ok: false, reason: 'job 3 instead of 4' });
  });

  it('do not count with fewer runs than three', () => {
    const runs = { 'dense-500k 0 ms: floor': speeds(1, 1, 1), 'dense-500k 0 ms: ours': speeds(1, 1) };
    const row = rowOf('dense-500k 0 ms: ratio to the floor', runs);
    expect(row).toMatchObject({ value: null, ok: false, reason: '2 runs of at least 3' });
  });

  it('compare with the fastest of the peers that are there', () => {
    const peers = [{ name: 'Slow' }, { name: 'Quick' }, { name: 'Absent', reason: 'not installed' }];
    const runs = {
      'sparse-100k 0 ms: ours': speeds(80, 80, 80),
      'sparse-100k 0 ms: Slow': speeds(10, 10, 10),
      'sparse-100k 0 ms: Quick': speeds(20, 20, 20),
    };
    expect(rowOf('sparse-100k 0 ms: ratio to the best peer', runs, { peers })).toMatchObject({ value: 4, ok: true });
    const absent = rowOf('sparse-100k 0 ms: Absent', runs, { peers });
    expect(absent).toMatchObject({ value: null, ok: false, reason: 'not installed' });
  });

  it('are not ok without any peer, and name the reason of each', () => {
    const peers = [{ name: 'Absent', reason: 'BENCH_PEERS is not set' }];
    const row = rowOf(
      'dense-500k 0 ms: ratio to the best peer',
      { 'dense-500k 0 ms: ours': speeds(1, 1, 1) },
      { peers },
    );
    expect(row).toMatchObject({ ok: false, reason: 'Absent: BENCH_PEERS is not set' });
  });

  it('hold the head against its bar', () => {
    const late = { head: { ok: true, p50: 100, p95: 251 } };
    const row = rowOf('head at 10 blocks/s: visible to queryable, p95', {}, late);
    expect(row).toMatchObject({ bar: '<= 250', ok: false });
  });
});

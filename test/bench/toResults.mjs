/**
 * Measured runs to rows `{ metric, value, unit, bar, ok }`: medians of the runs that count, ratios of medians taken in the
 * same run of the benchmark. A row whose runs do not all count is not ok and says why.
 */
export function toResults({ runsOf, head, peers, quick }) {
  const rows = quick ? toQuickRows(runsOf) : toFullRows(runsOf, peers);
  return [...rows, ...toHeadRows(head, quick)];
}

const speedCases = {
  'dense-500k 0 ms': { floor: 0.65, peer: 3 },
  'dense-500k 50 ms': { floor: 0.65, peer: 3 },
  'sparse-100k 0 ms': { floor: 0.6, peer: 3.5 },
  'sparse-100k 50 ms': { floor: 0.6, peer: 3.5 },
};
const LEAST_RUNS = 3;
const MAX_CALLS_RATIO = 1.2;
const MAX_MEMORY_MB = 450;
const MAX_SUPERSET_COST = 0.3;
const MAX_HEAD_DELAY_MS = 250;

function toFullRows(runsOf, peers) {
  const speed = (run) => run.eventsPerSecond;
  const take = (name, subject, measure) => median(runsOf(name, subject), measure);
  const ratio = (name, measure) => divide(take(name, 'ours', measure), take(name, 'floor', measure));
  const cost = (name) => {
    const verified = take(name, 'ours', (run) => run.wallSeconds);
    return divide(
      verified,
      take('sparse-100k 0 ms', 'ours', (run) => run.wallSeconds),
      (value) => value - 1,
    );
  };
  return [
    ...Object.entries(speedCases).flatMap(([name, bars]) => [
      toRow(`${name}: floor`, 'events/s', take(name, 'floor', speed)),
      toRow(`${name}: computescan`, 'events/s', take(name, 'ours', speed)),
      toRow(`${name}: ratio to the floor`, 'ratio', ratio(name, speed), { min: bars.floor }),
      toRow(`${name}: events per CPU second, ratio to the floor`, 'ratio', ratio(name, toEventsPerCpuSecond)),
      ...toPeerRows({ name, bar: bars.peer, take, peers }),
    ]),
    ...['sparse-100k 0 ms', 'sparse-100k log times'].flatMap((name) => [
      toRow(
        `${name}: requests`,
        'HTTP requests',
        take(name, 'ours', (run) => run.requests),
      ),
      toRow(
        `${name}: requests, ratio to the floor`,
        'ratio',
        ratio(name, (run) => run.requests),
        { max: MAX_CALLS_RATIO },
      ),
      toRow(
        `${name}: bytes, ratio to the floor`,
        'ratio',
        ratio(name, (run) => run.bytes),
        { max: MAX_CALLS_RATIO },
      ),
    ]),
    ...['dense-100k big bodies', 'dense-100k body limit'].map((name) =>
      toRow(`${name}: goes on`, 'events/s', take(name, 'ours', speed), { min: 1 }),
    ),
    ...['dense-500k 0 ms', 'dense-2000k 0 ms'].map((name) =>
      toRow(
        `${name}: peak memory`,
        'MB',
        take(name, 'ours', (run) => run.peakMemoryMb),
        { max: MAX_MEMORY_MB },
      ),
    ),
    toRow('verification: cost of superset', 'share of time', cost('sparse-100k superset'), { max: MAX_SUPERSET_COST }),
    toRow('verification: cost of exact', 'share of time', cost('sparse-100k exact')),
  ];
}

/** Indexer and Postgres together: what a busy machine blurs least. */
function toEventsPerCpuSecond({ wallSeconds, eventsPerSecond, cpuSeconds, serverCpuSeconds }) {
  return (wallSeconds * eventsPerSecond) / (cpuSeconds + serverCpuSeconds);
}

function toPeerRows({ name, bar, take, peers }) {
  const speeds = peers.map((peer) => ({
    peer,
    speed: peer.reason ? peer : take(name, peer.name, (run) => run.eventsPerSecond),
  }));
  const best = Math.max(...speeds.map(({ speed }) => speed.value ?? 0));
  const ours = take(name, 'ours', (run) => run.eventsPerSecond);
  const missing = speeds.filter(({ speed }) => speed.reason).map(({ peer, speed }) => `${peer.name}: ${speed.reason}`);
  const ratio = best > 0 ? divide(ours, { value: best }) : { reason: missing.join('; ') };
  return [
    ...speeds.map(({ peer, speed }) => toRow(`${name}: ${peer.name}`, 'events/s', speed)),
    toRow(`${name}: ratio to the best peer`, 'ratio', ratio, { min: bar }),
  ];
}

function toQuickRows(runsOf) {
  const cases = ['dense-20k 0 ms', 'sparse-20k 50 ms'];
  return cases.flatMap((name) =>
    ['floor', 'ours'].flatMap((subject) => {
      const runs = runsOf(name, subject);
      const called = subject === 'ours' ? 'computescan' : subject;
      return [
        toRow(
          `${name}: ${called}`,
          'events/s',
          median(runs, (run) => run.eventsPerSecond),
        ),
        toRow(
          `${name}: ${called}, requests`,
          'HTTP requests',
          median(runs, (run) => run.requests),
        ),
      ];
    }),
  );
}

function toHeadRows(head, quick) {
  const delay = head.ok ? { value: head.p95 } : { reason: head.reason };
  return [
    toRow(
      'head at 10 blocks/s: visible to queryable, p95',
      'ms',
      delay,
      quick ? undefined : { max: MAX_HEAD_DELAY_MS },
    ),
    toRow('head at 10 blocks/s: visible to queryable, p50', 'ms', head.ok ? { value: head.p50 } : delay),
  ];
}

/** `{ value }`, or `{ reason }` where a run does not count. */
function median(runs, measure) {
  const failed = runs.find((run) => !run.ok);
  if (failed) return { reason: failed.reason };
  if (runs.length < LEAST_RUNS)
    return { reason: runs.length === 0 ? 'not run' : `${runs.length} runs of at least ${LEAST_RUNS}` };
  const sorted = runs.map(measure).sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return { value: sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2 };
}

function divide(above, below, finish = (value) => value) {
  if (above.reason || below.reason) return { reason: above.reason ?? below.reason };
  return { value: finish(above.value / below.value) };
}

function toRow(metric, unit, { value, reason }, bar) {
  const isWithin = bar === undefined || (value >= (bar.min ?? -Infinity) && value <= (bar.max ?? Infinity));
  const shown = bar && (bar.min === undefined ? `<= ${bar.max}` : `>= ${bar.min}`);
  const rounded = value === undefined ? null : Number(value.toPrecision(4));
  return {
    metric,
    value: rounded,
    unit,
    bar: shown ?? null,
    ok: value !== undefined && isWithin,
    ...(reason && { reason }),
  };
}

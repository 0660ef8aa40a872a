import { AnswerError, findAddress, findDecimal, findName, isObject, type JsonObject } from './answers.js';
import { HALF_DAY_SECONDS, type ParsedScores, type ProbedScore, type ScoreProbe } from './Probe.js';

/**
 * The test streams that the network's leaderboard sends to each orchestrator, as it recorded them. Source of the URL and of
 * the shape: README and docs/sample-json of livepeer/leaderboard-serverless; the aggregate that it also gives bears no
 * time. Asked four times a day, for each answer holds the last 24 hours.
 */
export const livepeerLeaderboard: ScoreProbe = {
  kind: 'scores',
  id: 'livepeer-leaderboard',
  title: 'how test streams to an orchestrator went, of the leaderboard',
  protocols: ['livepeer'],
  intervalSeconds: 6 * 3_600,
  maxWaitSeconds: HALF_DAY_SECONDS,
  deadlineMs: 15_000,
  // A record takes about 400 bytes, and a day has some hundreds.
  maxBytes: 1024 * 1024,
  targets: {
    kind: 'each',
    name: 'livepeer-leaderboard',
    toUrl: (chainId) => (chainId === 42_161 ? 'https://leaderboard-serverless.vercel.app/api/raw_stats' : undefined),
    sql: 'select native_id as target from provider where network_id = $1 and active',
  },
  toUrl: (base, { target }) => `${base}?orchestrator=${encodeURIComponent(target)}`,
  parse: parseRecords,
};

const MAX_RECORDS = 2_500;

/** By region, a list of records. */
function parseRecords([answer]: readonly unknown[], target: string): ParsedScores {
  if (!isObject(answer)) throw new AnswerError('Expected records by region, got another answer.');
  const scores: ProbedScore[] = [];
  let [records, refused] = [0, 0];
  for (const [name, list] of Object.entries(answer)) {
    const region = name.length <= 40 ? findName(name) : undefined;
    if (!Array.isArray(list)) throw new AnswerError('Expected a list of records for each region, got another answer.');
    records += list.length;
    if (records > MAX_RECORDS) throw new AnswerError(`Expected at most ${MAX_RECORDS} records, got more.`);
    for (const record of list) {
      const found = region !== undefined && isObject(record) ? findScores(record, { region, target }) : undefined;
      if (found) scores.push(...found);
      else refused += 1;
    }
  }
  return { scores, refused };
}

function findScores(record: JsonObject, of: { region: string; target: string }): readonly ProbedScore[] | undefined {
  const { region, target } = of;
  const seconds = Number(record.timestamp);
  const isTime = Number.isSafeInteger(record.timestamp) && seconds > 0 && seconds < 1e10;
  const success = findDecimal(record.success_rate, 3);
  const rtt = findDecimal(record.round_trip_time, 6);
  const isOther = record.orchestrator !== undefined && findAddress(record.orchestrator) !== target.toLowerCase();
  if (!isTime || success === undefined || success > 1_000n || rtt === undefined || rtt > MAX_RTT_US || isOther) return;
  const place = { region, measuredAt: seconds * 1_000 };
  return [
    { ...place, metric: 'success_permille', value: success },
    // Where nothing came back there is no round trip, which the source writes as zero.
    ...(rtt > 0n ? [{ ...place, metric: 'rtt_us' as const, value: rtt }] : []),
  ];
}

/** An hour: no segment is waited for that long. */
const MAX_RTT_US = 3_600_000_000n;

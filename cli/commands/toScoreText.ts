import type { Recomputed } from '../../indexer/metrics/recompute/main.js';
import type { ScoreComponent } from '../../schema/metrics/formulas/score/Score.js';
import { count } from './toStatusText.js';
import { toTable } from './toTable.js';

/** A score with everything that it was made from, for a terminal. */
export function toScoreText(made: Recomputed): string {
  const { score, verified, explanation } = made;
  return [
    toTitle(made),
    score.score === null
      ? '  No score: the network records neither jobs nor heartbeats before then.'
      : `  ${score.score} of 100. ${toEvidence(made)}`,
    ...(score.components.length > 0 ? [toComponents(score.components)] : []),
    ...score.components.map(toInputs),
    toRest(made),
    ...(explanation ? [toExplanation(explanation)] : []),
    ...(verified ? [toVerdict(made)] : []),
  ].join('\n\n');
}

function toTitle({ subject, chainId, block, score, record }: Recomputed): string {
  const name = subject.name ? `${subject.name} (${subject.id})` : subject.id;
  return [
    `${name}, ${subject.kind}, as of ${toTime(score.at)}`,
    toTable(
      [
        ['facts', `up to block ${count(block.height)} of chain ${chainId}, ${block.hash}`],
        [
          'record',
          `${count(record.outcomes)} outcomes of ${count(record.providers)} providers and ${count(record.buyers)} buyers,`,
        ],
        [
          '',
          `${count(record.payments)} payments, ${count(record.days)} days of heartbeats, ${count(record.incidents)} incidents`,
        ],
        ['method', String(score.methodVersion)],
      ],
      { left: 2 },
    ),
  ].join('\n');
}

function toEvidence({ score }: Recomputed): string {
  const buyers = score.buyersEffective === null ? '' : `, as if of ${score.buyersEffective} buyers`;
  return score.evidence === 'none'
    ? 'There is no evidence of its own.'
    : `The evidence is ${score.evidence}: a weight of ${score.evidenceWeight}${buyers}.`;
}

const componentTitles: Readonly<Record<ScoreComponent['name'], string>> = {
  availability: 'availability',
  jobSuccess: 'job success',
  promise: 'promises',
  integrity: 'integrity',
};

function toComponents(components: readonly ScoreComponent[]): string {
  const lines = components.map(({ name, weight, value, pointsLost, basis }) => [
    componentTitles[name],
    basis,
    weight.toFixed(3),
    value,
    pointsLost,
  ]);
  return toTable([['component', 'from', 'weight', 'at least', 'points lost'], ...lines], { left: 2 });
}

/** What each input is called; one that has no name here is shown by its own. */
const inputTitles: Readonly<Record<string, string>> = {
  up: 'minutes up',
  known: 'minutes known',
  failures: 'failures',
  repairs: 'outages that ended',
  effectiveSlots: 'independent minutes',
  lower: 'lower bound',
  peers: 'peers that stand for it',
  successes: 'successes, by weight',
  priorAlpha: 'prior, successes',
  priorBeta: 'prior, failures',
  priorPeers: 'providers behind the prior',
  streakExcess: 'run of failures (CUSUM)',
  streakFactor: 'factor for it',
  clean: 'clean tasks, by weight',
  incidents: 'incidents, by weight',
  incidentCount: 'incidents',
  lostDisputes: 'lost disputes, by weight',
};

function toInputs({ name, inputs }: ScoreComponent): string {
  const title = (input: string) =>
    input === 'failures' && name !== 'availability' ? 'failures, by weight' : (inputTitles[input] ?? input);
  const lines = Object.entries(inputs).map(([input, value]) => [title(input), value === null ? 'none' : String(value)]);
  return [`  ${componentTitles[name]}`, indent(toTable(lines, { left: 1 }))].join('\n');
}

function toRest({ score, workToken }: Recomputed): string {
  const { sameCluster, circulation, noHistory, share } = score.removed;
  const missing = score.notRecorded.map((name) => componentTitles[name]).join(', ');
  const cost =
    score.costToMove === null
      ? 'cannot be bought, or no fee is known'
      : `costs ${toAmount(score.costToMove, workToken)} of trade with oneself`;
  return toTable(
    [
      [
        'left out',
        `${sameCluster} trades with itself, ${circulation} in circles, ${noHistory} with buyers whom nobody else knows`,
      ],
      ['', share === null ? 'it has no successes' : `${share} of its successes by weight`],
      ['one more point', cost],
      ...(missing ? [['not recorded', missing]] : []),
    ],
    { left: 2 },
  );
}

type Explanation = NonNullable<Recomputed['explanation']>;

const causeTitles: Readonly<Record<Explanation['causes'][number]['kind'], string>> = {
  aging: 'what was known counts less',
  outcome: 'task',
  overdue: 'late',
  slots: 'heartbeats',
  incident: 'incident',
  prior: 'what its peers did',
  removal: 'what is left out now',
};

/** The causes that weigh most; the rest of them as one sum, so that all add up. */
function toExplanation({ from, before, after, points, causes }: Explanation): string {
  const since = `Since ${toTime(from)}`;
  if (before === null || points === null) return `  ${since}: it was not known then.`;
  const ordered = [...causes].sort((one, other) => Math.abs(Number(other.points)) - Math.abs(Number(one.points)));
  const rest = ordered.slice(SHOWN_CAUSES).map((cause) => cause.points);
  const lines = ordered
    .slice(0, SHOWN_CAUSES)
    .map(({ points: moved, component, kind, at, what, evidenceIds }) => [
      componentTitles[component],
      [causeTitles[kind], what ?? ''].join(' ').trim(),
      at === null ? '' : toTime(at),
      evidenceIds.length > 1 ? `${evidenceIds[0]} and ${evidenceIds.length - 1} more` : (evidenceIds[0] ?? ''),
      moved,
    ]);
  const others = rest.length > 0 ? [['', `${count(rest.length)} more`, '', '', addPoints(rest)]] : [];
  const sum = ['', '', '', 'together', points];
  return [`  ${since} it went from ${before} to ${after}:`, toTable([...lines, ...others, sum], { left: 4 })].join(
    '\n',
  );
}

const SHOWN_CAUSES = 30;

/** Decimals of six places, exactly. */
function addPoints(points: readonly string[]): string {
  const micro = points.reduce((sum, text) => sum + BigInt(text.replace('.', '')), 0n);
  const digits = String(micro < 0n ? -micro : micro).padStart(7, '0');
  return `${micro < 0n ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

function toVerdict({ verified, score }: Recomputed): string {
  const differences = verified?.differences ?? [];
  if (differences.length === 0) return `  The stored score as of ${toTime(score.at)} is the same, to the last digit.`;
  const lines = differences.map(({ field, stored, made }) => [field, stored, made]);
  return [
    `  The stored score as of ${toTime(score.at)} is ANOTHER:`,
    toTable([['field', 'stored', 'computed again'], ...lines], { left: 3 }),
  ].join('\n');
}

function toTime(seconds: number): string {
  return `${new Date(seconds * 1_000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Base units as the token is counted. */
function toAmount(units: string, token: Recomputed['workToken']): string {
  if (!token) return `${units} base units`;
  const digits = units.padStart(token.decimals + 1, '0');
  const whole = digits.slice(0, digits.length - token.decimals);
  const fraction = digits.slice(digits.length - token.decimals).replace(/0+$/, '');
  return `${whole}${fraction ? `.${fraction}` : ''} ${token.symbol}`;
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}

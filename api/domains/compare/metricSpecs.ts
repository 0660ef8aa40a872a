import { catalogue, toFamily } from '../../../schema/metrics/catalogue.js';
import { divideHalfEven, ONE, parseFixed, toFixedText } from '../../../schema/metrics/formulas/price/fixedPoint.js';
import type { MetricDefinition } from '../../../schema/metrics/MetricDefinition.js';
import type { CapabilityName } from '../../../schema/protocols/Manifest.js';
import type { MetricWindow } from '../metric/MetricWindow.js';
import type { ComparisonGroupName } from './Comparison.js';
import type { RowSpec } from './rowSpecs.js';
import type { Cell, Subject } from './Subject.js';

/** Over how many days those of days are added up. */
export const METRIC_DAYS = 30;
const WINDOW_DAYS = [7, 30, 90];

/** Every metric that there is of providers: a row each, of windows one for each length. */
export function listMetricSpecs(): readonly RowSpec[] {
  const ofProviders = catalogue.filter(({ subjects }) => subjects.includes('provider'));
  return ofProviders.flatMap((metric) => {
    if (metric.store) {
      return [toSpec(metric, 'at the last hour that is settled', (subject) => readScore(metric, subject))];
    }
    if (!metric.grains.includes('window')) return [toDaySpec(metric)];
    return WINDOW_DAYS.map((days) => ({
      ...toSpec(metric, `over ${days} days`, (subject) => readWindow(metric, days, subject)),
      id: `${metric.id}@${days}`,
    }));
  });
}

function toDaySpec(metric: MetricDefinition): RowSpec {
  const over = metric.value === 'computed' ? 'of the last day that has one' : `of ${METRIC_DAYS} days together`;
  const spec = toSpec(metric, over, (subject) => readDays(metric, subject));
  // Sums grow with the size of a provider: whoever does much is not worse for it.
  return metric.value === 'sum' ? { ...spec, better: null } : spec;
}

function toSpec(metric: MetricDefinition, over: string, read: (subject: Subject) => Cell): RowSpec {
  const { id, title, unit, definition, better } = metric;
  const { group, needs } = families[toFamily(id)] ?? { group: 'economy' };
  return {
    ...{ id, title, unit, read, group, better: better ?? null, definition: `${definition} Here ${over}.` },
    ...(needs ? { needs } : {}),
    ...(metric.caveats ? { caveats: metric.caveats } : {}),
    countsOwnTrade: OF_TRADE.has(toFamily(id)),
  };
}

/** What scores leave out is in these. */
const OF_TRADE = new Set(['jobs', 'survival', 'price']);

const families: Readonly<Record<string, { readonly group: ComparisonGroupName; readonly needs?: CapabilityName }>> = {
  reliability: { group: 'reliability' },
  jobs: { group: 'jobs', needs: 'jobs' },
  survival: { group: 'jobs', needs: 'jobs' },
  price: { group: 'price', needs: 'price' },
  supply: { group: 'offer', needs: 'nodes' },
  economy: { group: 'economy', needs: 'payout' },
  score: { group: 'reputation' },
};

/** What amounts of it are in; null: it is no amount of a token. */
function findToken({ token }: MetricDefinition, { network }: Subject): string | null {
  if (token === undefined) return null;
  return token === 'work' ? network.workTokenId : network.stakeTokenId;
}

function readDays(metric: MetricDefinition, subject: Subject): Cell {
  const { id, value } = metric;
  const { metrics } = subject;
  const kind = findToken(metric, subject);
  const row = metrics.get(id);
  if (!row) {
    // Of what only counts where it happened nothing has happened, where anything was decided at all.
    const isZero = value === 'sum' && id.startsWith('jobs.') && metrics.has('jobs.tasksDecided');
    return isZero ? { value: '0', samples: 0 } : { kind };
  }
  const { num, den, last, lastN, n, at, reason } = row;
  if (value === 'computed') return { value: last, samples: lastN, at, reason, kind };
  if (value === 'sum') return { value: num, samples: n, at, kind };
  return { value: num === null || den === null ? null : toRatio(num, den), samples: n, at };
}

/** To twelve places, as series have it. */
function toRatio(num: string, den: string): string | null {
  const divisor = parseFixed(den);
  if (divisor === 0n) return null;
  const places = ONE / PLACES;
  return toFixedText(divideHalfEven(parseFixed(num) * PLACES, divisor) * places);
}

const PLACES = 10n ** 12n;

const windowFields: Readonly<Record<string, keyof MetricWindow>> = {
  'reliability.windowUptime': 'uptime',
  'reliability.windowLower': 'lower',
  'reliability.windowUpper': 'upper',
  'reliability.windowEffectiveN': 'effectiveN',
  'reliability.windowMtbf': 'mtbfSeconds',
  'reliability.windowMttr': 'mttrSeconds',
  'reliability.windowLongestOutage': 'longestOutageSeconds',
};

function readWindow({ id }: MetricDefinition, days: number, { windows }: Subject): Cell {
  const window = windows.find((one) => one.days === days);
  const field = windowFields[id];
  if (!window || !field) return { reason: 'It sends no heartbeats.' };
  const value = window[field];
  return { value: value === null ? null : toText(value), samples: String(window.known), at: window.to };
}

/** Doubles without an exponent. */
function toText(value: unknown): string {
  const text = String(value);
  return /e/i.test(text) ? Number(text).toFixed(12) : text;
}

const columns: Readonly<Record<string, 'availability' | 'jobSuccess' | 'promise' | 'integrity'>> = {
  'score.availability': 'availability',
  'score.jobSuccess': 'jobSuccess',
  'score.promise': 'promise',
  'score.integrity': 'integrity',
};

function readScore(metric: MetricDefinition, subject: Subject): Cell {
  const { id } = metric;
  const { score } = subject;
  if (!score) return { reason: 'It has no score yet.' };
  const samples = Math.floor(Number(score.evidenceWeight));
  const said = { samples, at: score.at };
  const part = columns[id];
  if (part) return { value: score.parts.find(({ name }) => name === part)?.value ?? null, ...said };
  switch (id) {
    case 'score.reputation':
      return { value: score.score, ...said };
    case 'score.evidenceWeight':
      return { value: score.evidenceWeight, ...said };
    case 'score.buyersEffective':
      return { value: score.buyersEffective, ...said };
    case 'score.removedShare':
      return { value: score.removedShare, ...said };
    default: {
      const cost = score.detail.costToMove;
      return {
        value: cost === null || cost === undefined ? null : String(cost),
        ...said,
        kind: findToken(metric, subject),
      };
    }
  }
}

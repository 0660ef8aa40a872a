import type { MetricDefinition } from '../../../schema/metrics/MetricDefinition.js';
import { toBounds } from '../market/toBounds.js';
import type { MechanismFigure, MechanismWindow } from './Mechanisms.js';
import type { MechanismRow } from './mechanismQueries.js';

export const WINDOW_DAYS = 30;
const DAY_MS = 86_400_000;

/** A figure from its rows; `unrecorded` is why the network has none at all. */
export function toFigure(
  metric: MetricDefinition,
  row: MechanismRow | undefined,
  unrecorded: string | null,
): MechanismFigure {
  const { from = null, to = null, lastNumerator = null, lastDenominator = null, lastDetail = null } = row ?? {};
  const samples = row?.lastSamples ?? 0;
  const value = row?.lastValue ?? null;
  const bounds = toBounds(metric, { numerator: lastNumerator, denominator: lastDenominator, detail: lastDetail });
  const reason = value === null ? (unrecorded ?? toReason(row)) : null;
  return {
    metric,
    from,
    to,
    value,
    ...bounds,
    samples,
    reason,
    detail: lastDetail,
    window: row ? toWindow(metric, row) : null,
  };
}

function toReason(row: MechanismRow | undefined): string {
  if (!row || row.to === null) return 'No day is rolled up yet.';
  const said = row.lastDetail?.reason;
  return typeof said === 'string' ? said : 'Nothing that it could be made of happened that day.';
}

/** Of what is made anew for each day there is no figure of several. */
function toWindow(metric: MetricDefinition, row: MechanismRow): MechanismWindow | null {
  const { to, days, numerator, denominator, samples, value } = row;
  if (to === null) return null;
  const from = new Date(to.getTime() - WINDOW_DAYS * DAY_MS);
  const isSum = metric.value !== 'computed';
  const sums = isSum ? { value, numerator, denominator } : { value: null, numerator: null, denominator: null };
  return { from, to, days, samples, ...sums, ...toBounds(metric, { ...sums, detail: null }) };
}

import { aalenJohansen, findIncidence } from '../../../schema/metrics/formulas/jobs/aalenJohansen.js';
import { kaplanMeier } from '../../../schema/metrics/formulas/jobs/kaplanMeier.js';
import type { Observation } from '../../../schema/metrics/formulas/jobs/observations.js';
import { MIN_SAMPLES } from '../../../schema/metrics/formulas/jobs/summariseDurations.js';
import { roundHalfEven } from '../../../schema/metrics/formulas/statistics/roundHalfEven.js';
import type { FamilyInput, FamilyRow } from '../families.js';
import { groupSubjects, type SubjectGroup } from './groupSubjects.js';

/** A row of survival.sql. */
interface SurvivalRow {
  readonly hour: number;
  readonly network: string;
  readonly provider: string;
  readonly completed: readonly number[] | null;
  readonly failed: readonly number[] | null;
  readonly others: readonly number[] | null;
}

/** How long tasks take, those that still run among them, and how they end within a day: of the network and its providers. */
export function computeSurvival(inputs: readonly FamilyInput[]): readonly FamilyRow[] {
  return groupSubjects(inputs as readonly unknown[] as readonly SurvivalRow[]).flatMap(toRows);
}

const DAY = 86_400;

function toRows({ kind, subject, hour, rows }: SubjectGroup<SurvivalRow>): readonly FamilyRow[] {
  const n = rows.reduce((sum, row) => sum + countLooks(row), 0);
  // Of a provider only what can be told: it has as many days as there are.
  if (kind === 'provider' && n < MIN_SAMPLES) return [];
  const observations = rows.flatMap(toObservations);
  const running = observations.filter(({ end }) => end === null).length;
  const few = n < MIN_SAMPLES ? 'fewSamples' : undefined;
  const { median } = kaplanMeier(observations);
  const incidence = findIncidence(aalenJohansen(observations), DAY);
  const bucket = { kind, subject, hour, den: null, n };
  const detail = (reason: string) => ({ running, ...(few || reason ? { reason: few ?? reason } : {}) });
  const give = (value: number | null | undefined) => (few || value == null ? null : roundHalfEven(value));
  return [
    {
      ...{ ...bucket, metric: 'survival.medianToEnd', num: give(median) },
      detail: detail(median === null ? 'halfRuns' : ''),
    },
    {
      ...{ ...bucket, metric: 'survival.completeIn24h', num: give(incidence?.complete) },
      detail: detail(incidence ? '' : 'tooYoung'),
    },
    {
      ...{ ...bucket, metric: 'survival.failIn24h', num: give(incidence?.fail) },
      detail: detail(incidence ? '' : 'tooYoung'),
    },
  ];
}

function countLooks({ completed, failed, others }: SurvivalRow): number {
  return (completed?.length ?? 0) + (failed?.length ?? 0) + (others?.length ?? 0);
}

function toObservations({ completed, failed, others }: SurvivalRow): readonly Observation[] {
  return [
    ...(completed ?? []).map((t) => ({ t, end: 'complete' as const })),
    ...(failed ?? []).map((t) => ({ t, end: 'fail' as const })),
    ...(others ?? []).map((t) => ({ t, end: null })),
  ];
}

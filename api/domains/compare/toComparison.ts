import type { ComparedValue, ComparisonRow } from './Comparison.js';
import { judgeRow } from './judgeRow.js';
import { listMetricSpecs } from './metricSpecs.js';
import { type RowSpec, rowSpecs } from './rowSpecs.js';
import { type Cell, findReason, type Subject } from './Subject.js';

/** Every row of a comparison, those of a group together. */
export function toComparison(subjects: readonly Subject[]): readonly ComparisonRow[] {
  return specs.map((spec) => toRow(spec, subjects));
}

const groups = ['offer', 'price', 'reliability', 'jobs', 'reputation', 'economy'] as const;
const all = [...rowSpecs, ...listMetricSpecs()];
const specs = groups.flatMap((group) => all.filter((spec) => spec.group === group));

function toRow(spec: RowSpec, subjects: readonly Subject[]): ComparisonRow {
  const { id, group, title, unit, definition, caveats = null, better, read } = spec;
  const cells = subjects.map((subject) => ({ subject, cell: read(subject) }));
  const values = cells.map(({ subject, cell }) => toValue(spec, subject, cell));
  const kinds = new Set(cells.flatMap(({ cell }) => (cell.value && cell.kind ? [cell.kind] : [])));
  const comparable = kinds.size <= 1;
  return {
    ...{ id, group, title, unit, definition, caveats, better },
    values,
    comparable,
    ...judgeRow({ values, better, comparable }),
  };
}

function toValue({ needs, countsOwnTrade }: RowSpec, subject: Subject, cell: Cell): ComparedValue {
  const { value = null, text = null, samples = null, at = null } = cell;
  const isKnown = value !== null || text !== null;
  const reason = isKnown ? null : (findReason(subject, needs) ?? cell.reason ?? 'Nothing is known of it.');
  return {
    ...{ provider: subject.provider.id, value, text, reason, at: isKnown ? at : null },
    samples: samples === null ? null : String(samples),
    caveat: isKnown && countsOwnTrade && subject.candidate.success.evidence === 'none' ? OWN_TRADE : null,
  };
}

const OWN_TRADE =
  'Nothing of it counts for the score: trade with itself, in circles, or with buyers whom nobody else knows.';

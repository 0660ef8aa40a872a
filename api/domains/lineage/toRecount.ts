import type { SubjectKind } from '../../../schema/metrics/MetricDefinition.js';
import type { Lineage, LineageRecount } from './Lineage.js';
import type { LineageRule } from './LineageRule.js';
import type { LineageCountRow, LineageQuestion } from './lineageQueries.js';

/** What the rows come to, as far as the figure is their sum, and whether that is what is stored. */
export function toRecount(made: {
  readonly total: LineageCountRow | undefined;
  readonly question: LineageQuestion;
  readonly point: Lineage['point'];
}): LineageRecount {
  const { total, question, point } = made;
  const { rule, kind } = question;
  const adds = (name: 'num' | 'den') => rule.total?.[name] !== undefined || rule.parts.some((part) => part[name]);
  const recount = {
    numerator: adds('num') ? (total?.numerator ?? '0') : null,
    denominator: adds('den') ? (total?.denominator ?? '0') : null,
    samples: isCounted(rule, kind) ? (total?.samples ?? 0) : null,
  };
  if (!point) return { ...recount, agrees: null };
  const compared = [
    // Of what has no known worth nothing is stored.
    ...(recount.numerator === null || point.numerator === null ? [] : [recount.numerator === point.numerator]),
    ...(recount.denominator === null ? [] : [recount.denominator === point.denominator]),
    ...(recount.samples === null ? [] : [recount.samples === Number(point.samples)]),
  ];
  return { ...recount, agrees: compared.length === 0 ? null : compared.every(Boolean) };
}

function isCounted({ countsOthers }: LineageRule, kind: SubjectKind): boolean {
  if (countsOthers === undefined || countsOthers === true) return countsOthers === undefined;
  return !countsOthers.includes(kind);
}

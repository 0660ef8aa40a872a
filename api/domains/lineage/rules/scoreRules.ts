import type { LineagePart, LineageRule } from '../LineageRule.js';
import { noSum } from './rule.js';

const ofWork: readonly LineagePart[] = [
  { source: 'outcome', days: 'all' },
  { source: 'stake', where: 'is_slash', days: 'all' },
];
const beats: LineagePart = { source: 'verdict', days: 30 };
const score = (parts: readonly LineagePart[], ...inputs: readonly string[]): LineageRule => ({
  ...noSum,
  parts,
  inputs: inputs.map((metric) => ({ metric, days: 30 })),
  note: 'What of it counted, and how much, is in `evidence`; `scoreExplanation` tells what moved it, and docs/recompute.md how to make it again.',
});

/** Scores are made of the whole record of a provider up to their hour. */
export const scoreRules: Readonly<Record<string, LineageRule>> = {
  'score.reputation': score([...ofWork, beats], 'jobs.success', 'jobs.onTime', 'reliability.uptime'),
  'score.availability': score([beats], 'reliability.uptime'),
  'score.jobSuccess': score(ofWork, 'jobs.success'),
  'score.promise': score(ofWork, 'jobs.onTime'),
  'score.integrity': score(ofWork),
  'score.evidenceWeight': score(ofWork),
  'score.buyersEffective': score(ofWork),
  'score.removedShare': score(ofWork),
  'score.costToMove': score(ofWork),
};

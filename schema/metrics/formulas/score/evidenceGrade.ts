import type { EvidenceGrade } from './Score.js';
import { scoreMethod } from './scoreMethod.js';

/** How much a score rests on, of the weight of all outcomes that count: decayed, and failures not doubled. */
export function evidenceGrade(weight: number): EvidenceGrade {
  if (weight <= 0) return 'none';
  if (weight < scoreMethod.evidence.fair) return 'thin';
  return weight < scoreMethod.evidence.strong ? 'fair' : 'strong';
}

import { createHash } from 'node:crypto';
import type { MetricDefinition } from '../../../schema/metrics/MetricDefinition.js';

/** Of which metrics there are and of how each is made: another digest, other figures from the same facts. */
export function toMethodDigest(catalogue: readonly MetricDefinition[]): string {
  const lines = catalogue.map(({ id, methodVersion }) => `${id} ${methodVersion}`).sort();
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

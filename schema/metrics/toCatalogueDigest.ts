import { createHash } from 'node:crypto';
import type { MetricDefinition } from './MetricDefinition.js';

/** Of which metrics there are and of how each is made, in hex: another digest, other figures from the same facts. */
export function toCatalogueDigest(catalogue: readonly Pick<MetricDefinition, 'id' | 'methodVersion'>[]): string {
  const lines = catalogue.map(({ id, methodVersion }) => `${id} ${methodVersion}`).sort();
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

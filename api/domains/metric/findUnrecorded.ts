import type { MetricDefinition } from '../../../schema/metrics/MetricDefinition.js';
import type { CapabilityName } from '../../../schema/protocols/Manifest.js';

/** What a protocol must write to its chain, for a table to hold anything. */
const capabilityOf: Readonly<Record<string, CapabilityName>> = {
  job: 'jobs',
  job_step: 'jobs',
  task_outcome: 'jobs',
  attempt: 'jobs',
  payout: 'payout',
  stake_change: 'stake',
  verification: 'verification',
  node: 'nodes',
  node_version: 'nodes',
  price: 'price',
};

/**
 * Why a network has no figure of a metric, in the words of its manifest; null where all that it is made from is recorded, so
 * that there may be one. Of a figure that is made from several tables each must be there.
 */
export function findUnrecorded(
  { sources }: Pick<MetricDefinition, 'sources'>,
  capabilities: Readonly<Record<string, true | string>>,
): string | null {
  for (const source of sources) {
    const said = capabilities[capabilityOf[source] ?? ''];
    if (typeof said === 'string') return said;
  }
  return null;
}

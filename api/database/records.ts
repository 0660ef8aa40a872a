import type { CapabilityName } from '../../schema/protocols/Manifest.js';

/** SQL that holds when network `n` records the capability. What is not recorded leaves the API as null, never zero. */
export function records(capability: CapabilityName): string {
  return `n.capabilities -> '${capability}' = 'true'`;
}

/** SQL for a column that has a meaning only where network `n` records the capability. */
export function ifRecorded(capability: CapabilityName, column: string): string {
  return `case when ${records(capability)} then ${column} end`;
}

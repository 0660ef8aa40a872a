import type { Database } from '../../database/createDatabase.js';
import { listMachines, type MachineRow } from '../rank/rankQueries.js';

export interface ProviderMachines {
  readonly id: string;
  readonly machines: readonly MachineRow[];
}

/** Of providers that name machines, all of them: in one statement. */
export async function listMachinesOfProviders(
  database: Database,
  providerIds: readonly string[],
): Promise<ProviderMachines[]> {
  const networks = [...new Set(providerIds.map((id) => id.slice(0, id.indexOf(':'))))];
  const rows = await listMachines(database, { networks, providers: providerIds }, { isPast: false });
  const groups = new Map<string, MachineRow[]>();
  for (const row of rows) groups.set(row.providerId, [...(groups.get(row.providerId) ?? []), row]);
  return [...groups].map(([id, machines]) => ({ id, machines }));
}

import { matchGpu } from '../../../schema/hardware/matchGpu.js';
import type { MachineRow } from '../rank/rankQueries.js';
import type { Capacity } from './Capacity.js';

export type Machine = Pick<MachineRow, 'id' | 'active' | 'gpuModel' | 'gpuCount' | 'busy'>;

/**
 * Machines on offer by the model they claim, most GPUs first and those of no known model last. A sum is null where nothing is known of any
 * machine of the kind, and of those that are known otherwise.
 */
export function toCapacities(machines: readonly Machine[], online: ReadonlyMap<string, boolean>): Capacity[] {
  const groups = new Map<string, { readonly model: Capacity['model']; readonly machines: Machine[] }>();
  for (const machine of machines) {
    if (machine.active === false) continue;
    const model = matchGpu(machine.gpuModel ?? '').model ?? null;
    const group = groups.get(model?.id ?? '') ?? { model, machines: [] as Machine[] };
    groups.set(model?.id ?? '', group);
    group.machines.push(machine);
  }
  return [...groups.values()]
    .map(({ model, machines: own }) => ({
      ...{ model, machines: own.length, gpus: sum(own) },
      onlineGpus: own.some(({ id }) => online.has(id)) ? sum(own, ({ id }) => online.get(id) === true) : null,
      freeGpus: own.some(({ busy }) => busy !== null)
        ? sum(own, ({ id, busy }) => busy === false && online.get(id) !== false)
        : null,
    }))
    .toSorted(
      (one, other) => toRank(other) - toRank(one) || (one.model?.id ?? '').localeCompare(other.model?.id ?? ''),
    );
}

/** Of the machines that fit; null where no machine at all says how many GPUs it has. */
function sum(machines: readonly Machine[], fits: (machine: Machine) => boolean = () => true): number | null {
  const known = machines.filter(({ gpuCount }) => gpuCount !== null);
  if (known.length === 0) return null;
  return known.filter(fits).reduce((gpus, { gpuCount }) => gpus + (gpuCount ?? 0), 0);
}

function toRank({ model, gpus }: Capacity): number {
  return model ? (gpus ?? 0) : -1;
}

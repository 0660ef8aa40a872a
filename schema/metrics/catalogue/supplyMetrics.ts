import type { MetricDefinition } from '../MetricDefinition.js';

const registry = ['node', 'node_version', 'block'] as const;
const online = [...registry, 'node_verdict'] as const;
const work = [...registry, 'job', 'job_step'] as const;
const all = [...online, 'job', 'job_step'] as const;

const level = { subjects: ['network', 'hardware', 'region'], grains: ['hour', 'day'], methodVersion: 1 } as const;
const levelOfProviders = { ...level, subjects: ['network', 'hardware', 'region', 'provider'] } as const;

const claimed =
  'Hardware and region are what the provider says; hardware is by class of our catalogue. No GPU bears a number that could be compared, so that one card behind two machines counts twice. Of a region by address or by probe nothing is recorded.';
const observed = 'Only of networks whose machines send heartbeats, and of minutes that an observer of ours could see.';
const atWork =
  'Only of networks that say on chain when work begins. A task counts for all GPUs of its machine, as no protocol says how many it takes: an upper bound. It ends with its end, at its job’s deadline, or after 30 days without either.';

/** Capacity over time. See metrics.md, A4. */
export const supplyMetrics: readonly MetricDefinition[] = [
  {
    ...level,
    id: 'supply.nodes',
    title: 'Machines',
    unit: 'count',
    value: 'ratio',
    definition: 'Machines that were registered and not taken off, on the average over the time.',
    formula: 'num: seconds that machines were registered; den: seconds of the hour, up to the last block. n: machines.',
    sources: registry,
    caveats: 'A machine that only shows by its work is registered from its first task on.',
  },
  {
    ...levelOfProviders,
    id: 'supply.registeredGpuSeconds',
    title: 'Registered capacity',
    unit: 'gpuSeconds',
    value: 'sum',
    definition: 'GPU-seconds of machines that were registered and not taken off.',
    formula: 'Σ GPUs × seconds registered in the hour.',
    sources: registry,
    caveats: claimed,
  },
  {
    ...level,
    subjects: ['network', 'hardware'],
    id: 'supply.vramGib',
    title: 'Memory of GPUs, in GiB',
    unit: 'count',
    value: 'ratio',
    definition: 'GPU memory of registered machines in GiB, on the average over the time.',
    formula: 'num: Σ GPUs × GiB of one × seconds registered; den: seconds of the hour, up to the last block.',
    sources: registry,
    caveats: claimed,
  },
  {
    ...level,
    subjects: ['network'],
    id: 'supply.onlineNodes',
    title: 'Machines online',
    unit: 'count',
    value: 'ratio',
    definition: 'Machines that were registered and up, on the average over the time.',
    formula: 'num: 60 s × minutes that registered machines were up; den: seconds of the hour, up to the last block.',
    sources: online,
    caveats: observed,
    better: 'higher',
  },
  {
    ...levelOfProviders,
    id: 'supply.onlineGpuSeconds',
    title: 'Capacity online',
    unit: 'gpuSeconds',
    value: 'sum',
    definition:
      'GPU-seconds of machines that were registered and up. Available, at work, reserved and draining add up to it.',
    formula: 'Σ GPUs × 60 s × minutes up while registered.',
    sources: online,
    caveats: `${observed} ${claimed}`,
    better: 'higher',
  },
  {
    ...level,
    id: 'supply.onlineShare',
    title: 'Share of capacity online',
    unit: 'ratio',
    value: 'ratio',
    definition: 'How much of the capacity of which we know it was up.',
    formula: 'num: GPU-seconds up; den: GPU-seconds registered and observed.',
    sources: online,
    caveats: observed,
    better: 'higher',
  },
  {
    ...level,
    subjects: ['network'],
    id: 'supply.coverage',
    title: 'Share of capacity observed',
    unit: 'ratio',
    value: 'ratio',
    definition: 'Of how much of the registered capacity we know whether it was up.',
    formula: 'num: GPU-seconds registered and observed; den: GPU-seconds registered.',
    sources: online,
    caveats: observed,
    better: 'higher',
  },
  {
    ...level,
    id: 'supply.busyGpuSeconds',
    title: 'Capacity at work by the chain',
    unit: 'gpuSeconds',
    value: 'sum',
    definition: 'GPU-seconds of machines with a task in progress, by what the chain says, whether or not they were up.',
    formula: 'Σ GPUs of the machine × seconds with at least one task of its own begun and not ended.',
    sources: work,
    caveats: atWork,
  },
  {
    ...level,
    id: 'supply.busyOnlineGpuSeconds',
    title: 'Capacity at work and online',
    unit: 'gpuSeconds',
    value: 'sum',
    definition: 'GPU-seconds with a task in progress while the machine was registered and up.',
    formula: 'Σ GPUs × seconds with a task in progress, within minutes up.',
    sources: all,
    caveats: `${observed} ${atWork}`,
  },
  {
    ...levelOfProviders,
    id: 'supply.busySilentGpuSeconds',
    title: 'At work by the chain, and silent',
    unit: 'gpuSeconds',
    value: 'sum',
    definition:
      'GPU-seconds with a task in progress on a machine that was known to be down. They never count as utilisation.',
    formula:
      'Σ GPUs × seconds with a task in progress, within minutes known and not up. Of providers only where above zero.',
    sources: all,
    caveats: `${observed} ${atWork}`,
    better: 'lower',
  },
  {
    ...levelOfProviders,
    id: 'supply.busyRetiredGpuSeconds',
    title: 'At work after leaving',
    unit: 'gpuSeconds',
    value: 'sum',
    definition:
      'GPU-seconds with a task in progress on a machine that was taken off the market meanwhile: neither registered nor online.',
    formula:
      'Σ GPUs × seconds with a task in progress while the machine is not registered. Of others than the network only where above zero.',
    sources: work,
    caveats: atWork,
    better: 'lower',
  },
  {
    ...level,
    id: 'supply.reservedGpuSeconds',
    title: 'Capacity reserved',
    unit: 'gpuSeconds',
    value: 'sum',
    definition: 'GPU-seconds online and idle on a machine to which a task was assigned that had not begun.',
    formula: 'Σ GPUs × seconds up with no task in progress, outside of maintenance, with one assigned.',
    sources: all,
    caveats: `${observed} ${atWork}`,
  },
  {
    ...level,
    id: 'supply.drainingGpuSeconds',
    title: 'Capacity draining',
    unit: 'gpuSeconds',
    value: 'sum',
    definition: 'GPU-seconds online and idle in announced maintenance.',
    formula: 'Σ GPUs × seconds up with no task in progress, within announced maintenance.',
    sources: all,
    caveats: `${observed} ${atWork}`,
  },
  {
    ...level,
    id: 'supply.availableGpuSeconds',
    title: 'Capacity available',
    unit: 'gpuSeconds',
    value: 'sum',
    definition: 'GPU-seconds online, idle and free to take work.',
    formula: 'online − at work and online − reserved − draining.',
    sources: all,
    caveats: `${observed} ${atWork}`,
    better: 'higher',
  },
  {
    ...levelOfProviders,
    id: 'supply.utilisation',
    methodVersion: 2,
    title: 'Utilisation',
    unit: 'ratio',
    value: 'ratio',
    definition:
      'How much of the capacity online was at work. Never above one: work on a machine that is not up does not count.',
    formula: 'num: GPU-seconds at work and online; den: GPU-seconds online (SUP-01).',
    sources: all,
    caveats: `${observed} ${atWork}`,
  },
];

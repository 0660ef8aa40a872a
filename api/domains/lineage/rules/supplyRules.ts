import type { LineagePart, LineageRule } from '../LineageRule.js';
import { noSum, one } from './rule.js';

const registry: LineagePart = { source: 'registered' };
const active = (num: string): LineageRule => one({ ...registry, where: 'is_active', num }, noSum);
const heard: LineageRule = { ...noSum, parts: [{ ...registry, where: 'is_active' }, { source: 'verdict' }] };
const busy: LineageRule = { ...noSum, parts: [registry, { source: 'work' }] };
const busyHeard: LineageRule = { ...noSum, parts: [registry, { source: 'verdict' }, { source: 'work' }] };

/** Capacity: what machines were registered as, whether they were heard, and what tasks they had. */
export const supplyRules: Readonly<Record<string, LineageRule>> = {
  'supply.nodes': active('seconds'),
  'supply.registeredGpuSeconds': active('gpus * seconds'),
  'supply.vramGib': active('vram_mb * seconds / 1024'),
  'supply.onlineNodes': heard,
  'supply.onlineGpuSeconds': heard,
  'supply.onlineShare': heard,
  'supply.coverage': heard,
  'supply.busyGpuSeconds': busy,
  'supply.busyOnlineGpuSeconds': busyHeard,
  'supply.busySilentGpuSeconds': busyHeard,
  'supply.busyRetiredGpuSeconds': busy,
  'supply.reservedGpuSeconds': busyHeard,
  'supply.drainingGpuSeconds': busyHeard,
  'supply.availableGpuSeconds': {
    ...busyHeard,
    inputs: ['onlineGpuSeconds', 'busyOnlineGpuSeconds', 'reservedGpuSeconds', 'drainingGpuSeconds'].map((name) => ({
      metric: `supply.${name}`,
    })),
  },
  'supply.utilisation': {
    ...busyHeard,
    inputs: [{ metric: 'supply.busyOnlineGpuSeconds' }, { metric: 'supply.onlineGpuSeconds' }],
  },
};

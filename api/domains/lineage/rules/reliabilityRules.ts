import type { LineagePart, LineageRule } from '../LineageRule.js';
import { noSum, one } from './rule.js';

const slots = (num: string, den: string | undefined, rest: Omit<LineageRule, 'parts'> = {}): LineageRule =>
  one({ source: 'verdict', num, ...(den ? { den } : {}) }, rest);
const nodes = { total: { n: "count(*) filter (where (f.detail ->> 'known')::int > 0)" } } as const;
const nodeDays = one({ source: 'verdict' }, noSum);
const withOutages = (...more: readonly LineagePart[]): LineageRule => ({
  ...noSum,
  parts: [{ source: 'verdict' }, ...more],
});

/** Uptime: hours of machines, and their outages. */
export const reliabilityRules: Readonly<Record<string, LineageRule>> = {
  'reliability.capacityUptime': slots('gpus * up', 'gpus * known', noSum),
  'reliability.uptime': slots('up', 'known', nodes),
  'reliability.uptimeSla': slots('up - maintenance_up', 'known - maintenance', noSum),
  'reliability.coverage': slots('known', 'expected', nodes),
  'reliability.downSlots': slots('known - up', undefined, nodes),
  'reliability.outages': one({ source: 'outage', where: 'begins', num: '1' }, noSum),
  'reliability.repairs': one({ source: 'repair', num: '1' }, noSum),
  'reliability.uptimeMean': nodeDays,
  'reliability.uptimeP5': nodeDays,
  'reliability.uptimeP50': nodeDays,
  'reliability.uptimeP95': nodeDays,
  'reliability.nodesWithoutData': nodeDays,
  'reliability.mtbf': withOutages({ source: 'outage', where: 'begins' }),
  'reliability.mttr': withOutages({ source: 'repair' }),
};

import type { LineageRule } from '../LineageRule.js';
import { noSum, one } from './rule.js';

/** Jobs that ended in the bucket, with an attempt that names its machine. */
const perJob = (num?: string): LineageRule =>
  one(
    { source: 'endedAttempt' },
    { total: { ...(num ? { num } : {}), den: 'count(distinct f.job_id)', n: 'count(distinct f.job_id)' } },
  );
const verified = (condition: string): LineageRule =>
  one(
    { source: 'paidTask', num: `case when ${condition} then amount else 0 end`, den: 'amount' },
    { skipsHours: true },
  );
const words = (kind: string): LineageRule =>
  one({
    source: 'outcome',
    where: "kind in ('completed', 'disputed', 'rejected')",
    num: `(kind = '${kind}')::int`,
    den: '1',
  });
const untaken = 'count(distinct (f.job_id, floor(extract(epoch from f.time) / 3600)))';
const capacity = one({ source: 'standing' }, noSum);
const failure: LineageRule = { ...noSum, parts: [{ source: 'standing' }, { source: 'outage' }] };

/** How the market works. */
export const mechanismRules: Readonly<Record<string, LineageRule>> = {
  'mechanisms.tasksPerJob': one({ source: 'job', where: 'volume > 0', num: 'volume', den: '1' }),
  'mechanisms.nodesPerJob': perJob('count(distinct (f.job_id, f.node_id))'),
  'mechanisms.effectiveNodesPerJob': perJob(),
  'mechanisms.joins': one({ source: 'join', num: '1' }),
  'mechanisms.timeToFirstPay': one({ source: 'join', days: 90 }),
  'mechanisms.verifiedShare': verified('mechanism is not null'),
  'mechanisms.verifiedByConsensus': verified("mechanism = 'consensus'"),
  'mechanisms.verifiedByProof': verified("mechanism = 'proof'"),
  'mechanisms.verifiedByTee': verified("mechanism = 'tee'"),
  'mechanisms.verifiedByAcknowledgement': verified("mechanism = 'acknowledgement'"),
  'mechanisms.proofToPay': one({ source: 'paidTask', where: 'mechanism is not null', num: 'waited', den: '1' }),
  'mechanisms.medianProofToPay': one({ source: 'paidTask', where: 'mechanism is not null', measure: 'waited' }),
  'mechanisms.disputeRate': words('disputed'),
  'mechanisms.rejectionRate': words('rejected'),
  'mechanisms.parameterChanges': one({ source: 'rule', num: '1' }),
  'mechanisms.slashes': one({ source: 'stake', where: 'is_slash', num: '1' }),
  'mechanisms.unassignedJobs': one(
    { source: 'outcome', where: "kind = 'cancelled' and provider_id is null" },
    { total: { num: untaken, n: untaken } },
  ),
  'mechanisms.unservedBids': one({ source: 'unserved', num: '1' }),
  'mechanisms.unservedValue': one({ source: 'unserved', num: 'amount' }),
  'mechanisms.capacityByRegion': capacity,
  'mechanisms.capacityByOperator': capacity,
  'mechanisms.capacityByNetworkGroup': capacity,
  'mechanisms.valueByRegion': one({ source: 'paidMachine' }, noSum),
  'mechanisms.sharedFailureByRegion': failure,
  'mechanisms.sharedFailureByOperator': failure,
};

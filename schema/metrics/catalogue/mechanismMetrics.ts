import type { MetricDefinition } from '../MetricDefinition.js';

const sum = { grains: ['hour', 'day'], value: 'sum', unit: 'count', methodVersion: 1 } as const;
const ratio = {
  subjects: ['network'],
  grains: ['hour', 'day'],
  value: 'ratio',
  unit: 'ratio',
  methodVersion: 1,
} as const;
const daily = { subjects: ['network'], grains: ['day'], value: 'computed', methodVersion: 1 } as const;

const ended = ['job', 'job_step'] as const;
const verified = ['payout', 'verification'] as const;
const capacity = ['node', 'node_version', 'block'] as const;
const failure = [...capacity, 'outage', 'heartbeat_node'] as const;

const byAttempt = 'Only of networks that name the machine of an attempt.';
const byVerdict =
  'Only of networks that record verification, and of pay that names a task. A verdict is the last one in the task’s favour before its pay; of ComputeMarket, a buyer who accepts gives a verdict by proof, too.';
const claimed =
  'As of the end of the day, or of the last block. GPUs as they are claimed; a machine that claims none counts as one.';
const spread =
  '10^4 Σ share² over GPUs (Herfindahl-Hirschman). Detail: `effective`, 1 / Σ share²; `top`, where most of it is, and `topShare`. n: how many there are.';

const mechanisms = [
  ['Consensus', 'agreement of several workers'],
  ['Proof', 'a proof that was checked'],
  ['Tee', 'an attestation by trusted hardware'],
  ['Acknowledgement', 'the word of whoever bought it'],
] as const;

/** How the market works: distribution of tasks, participation, verification before payment, rules, and spread. */
export const mechanismMetrics: readonly MetricDefinition[] = [
  {
    ...ratio,
    id: 'mechanisms.tasksPerJob',
    title: 'Tasks per job',
    unit: 'count',
    definition: 'Into how many tasks a job is divided.',
    formula: 'num: tasks of jobs opened in the hour; den: these jobs.',
    sources: ['job'],
  },
  {
    ...ratio,
    id: 'mechanisms.nodesPerJob',
    title: 'Machines per job',
    unit: 'count',
    definition: 'On how many machines the tasks of a job ran.',
    formula: 'num: distinct machines of each job that ended in the hour, added up; den: these jobs.',
    sources: ended,
    caveats: byAttempt,
  },
  {
    ...ratio,
    id: 'mechanisms.effectiveNodesPerJob',
    title: 'Effective machines per job',
    unit: 'count',
    definition:
      'As many machines as would share a job’s attempts alike: near the number above where they do, near one where one machine does nearly all.',
    formula: 'num: Σ over jobs of 1 / Σ share², to six places; den: jobs that ended in the hour.',
    sources: ended,
    caveats: byAttempt,
  },
  {
    ...sum,
    id: 'mechanisms.joins',
    title: 'Providers who joined',
    subjects: ['network'],
    definition: 'Providers that were seen for the first time.',
    formula: 'Σ providers by the time of their first event.',
    sources: ['provider'],
  },
  {
    ...daily,
    id: 'mechanisms.timeToFirstPay',
    title: 'From joining to the first pay',
    unit: 'seconds',
    definition: 'How long it took half of those who joined within the last 90 days to be paid for work.',
    formula:
      'Kaplan-Meier median of the time from joining to the first pay for work; who was not paid yet counts as waiting until now. n: who joined.',
    sources: ['provider', 'payout'],
    caveats: 'None while fewer than half have been paid.',
    better: 'lower',
  },
  {
    ...ratio,
    id: 'mechanisms.verifiedShare',
    title: 'Paid after a check',
    definition: 'What share of pay came after the work had been verified.',
    formula: 'num: pay for tasks with a verdict in their favour before it; den: pay for tasks. n: payments.',
    sources: verified,
    caveats: byVerdict,
    better: 'higher',
  },
  ...mechanisms.map(
    ([name, how]): MetricDefinition => ({
      ...ratio,
      id: `mechanisms.verifiedBy${name}`,
      title: `Paid after ${how}`,
      definition: `What share of pay came after ${how}.`,
      formula: `num: pay for tasks whose last verdict before it was by ${name.toLowerCase()}; den: pay for tasks. The four add up to the share above.`,
      sources: verified,
      caveats: byVerdict,
    }),
  ),
  {
    ...ratio,
    id: 'mechanisms.proofToPay',
    title: 'From verdict to pay',
    unit: 'seconds',
    definition: 'How long the pay for a task came after its verdict, on the average.',
    formula: 'num: Σ seconds from the last verdict to the pay; den: payments after a verdict.',
    sources: verified,
    caveats: byVerdict,
    better: 'lower',
  },
  {
    ...daily,
    id: 'mechanisms.medianProofToPay',
    title: 'From verdict to pay, median',
    unit: 'seconds',
    definition: 'How long it took half of the payments of the day.',
    formula: 'The smallest time that half of them do not pass (percentile_disc). n: payments after a verdict.',
    sources: verified,
    caveats: byVerdict,
    better: 'lower',
  },
  {
    ...ratio,
    id: 'mechanisms.disputeRate',
    title: 'Disputes',
    bounds: 'wilson',
    definition: 'How many of the words on delivered work are disputes.',
    formula: 'num: disputes that began in the hour; den: deliveries, disputes and rejections of the hour.',
    sources: ['task_outcome'],
    caveats: 'A dispute counts when it begins, whoever wins it.',
    better: 'lower',
  },
  {
    ...ratio,
    id: 'mechanisms.rejectionRate',
    title: 'Rejections',
    bounds: 'wilson',
    definition: 'How many of the words on delivered work are rejections by verification.',
    formula: 'num: rejections of the hour; den: deliveries, disputes and rejections of the hour.',
    sources: ['task_outcome'],
    better: 'lower',
  },
  {
    ...sum,
    id: 'mechanisms.parameterChanges',
    title: 'Changes of rules',
    subjects: ['network'],
    definition: 'How often rules of the protocol were changed on chain.',
    formula: 'Σ changes.',
    sources: ['parameter_change'],
  },
  {
    ...sum,
    id: 'mechanisms.slashes',
    title: 'Punishments',
    subjects: ['network'],
    definition: 'How often stake was taken as a punishment.',
    formula: 'Σ changes of kind slashed that lower the bonded stake.',
    sources: ['stake_change'],
    better: 'lower',
  },
  {
    ...sum,
    id: 'mechanisms.unassignedJobs',
    title: 'Jobs that nobody took',
    subjects: ['network', 'buyer'],
    definition: 'Jobs that ended, or passed their deadline, without anyone having accepted them.',
    formula: 'Distinct jobs with a task cancelled that had no provider, by the time at which that was known.',
    sources: ['task_outcome'],
    better: 'lower',
  },
  {
    ...sum,
    id: 'mechanisms.unservedBids',
    title: 'Bids that nobody met',
    subjects: ['network'],
    definition: 'Bids for jobs that nobody took by their end.',
    formula: 'Jobs that nobody took with a bid on chain.',
    sources: ['task_outcome', 'price'],
    caveats: 'Of bids on chain: those that are only published off chain do not say when they end.',
    better: 'lower',
  },
  {
    ...sum,
    id: 'mechanisms.unservedValue',
    title: 'Worth of bids that nobody met',
    unit: 'baseUnits',
    subjects: ['network'],
    definition: 'What these bids offered.',
    formula: 'Σ amount of each job’s last bid.',
    sources: ['task_outcome', 'price'],
    caveats: 'In units of the bid.',
    better: 'lower',
  },
  {
    ...daily,
    id: 'mechanisms.capacityByRegion',
    title: 'Concentration of capacity by region',
    unit: 'index',
    definition: 'How much of the registered capacity lies in few regions: 10,000 where all is in one.',
    formula: spread,
    sources: capacity,
    caveats: `${claimed} Regions as machines say them; those that say none are left out.`,
    better: 'lower',
  },
  {
    ...daily,
    id: 'mechanisms.capacityByOperator',
    title: 'Concentration of capacity by operator',
    unit: 'index',
    definition: 'How much of the registered capacity is in few hands.',
    formula: spread,
    sources: [...capacity, 'operator_member'],
    caveats: claimed,
    better: 'lower',
  },
  {
    ...daily,
    id: 'mechanisms.capacityByNetworkGroup',
    title: 'Concentration of capacity by network',
    unit: 'index',
    definition: 'How much of the registered capacity shares a network on the internet.',
    formula: `${spread} A network is /24 or /48 of the address in the machine’s or its provider’s URL, or the name in it.`,
    sources: [...capacity, 'provider_version'],
    caveats: `${claimed} Names are not resolved, and private addresses belong to no network; machines without either are left out.`,
    better: 'lower',
  },
  {
    ...daily,
    id: 'mechanisms.valueByRegion',
    title: 'Concentration of pay by region',
    unit: 'index',
    definition: 'How much of the day’s pay went to machines in few regions.',
    formula:
      '10^4 Σ share² over pay for tasks, by the region of the task’s last machine before it; detail as for capacity.',
    sources: ['payout', 'attempt', 'node_version'],
    caveats: `${byAttempt} Regions as machines say them; pay for those that say none is left out.`,
    better: 'lower',
  },
  {
    ...daily,
    id: 'mechanisms.sharedFailureByRegion',
    title: 'Largest failure of a region',
    unit: 'ratio',
    definition: 'The most of the registered capacity that machines of one region had down in the same minute.',
    formula:
      'max over minutes and regions of Σ GPUs in an outage / Σ GPUs registered. Detail: `group` and `gpus`. n: machines.',
    sources: failure,
    caveats: `Only of days with an outage. ${claimed}`,
    better: 'lower',
  },
  {
    ...daily,
    id: 'mechanisms.sharedFailureByOperator',
    title: 'Largest failure of an operator',
    unit: 'ratio',
    definition: 'The most of the registered capacity that machines of one operator had down in the same minute.',
    formula:
      'max over minutes and operators of Σ GPUs in an outage / Σ GPUs registered. Detail: `group` and `gpus`. n: machines.',
    sources: [...failure, 'operator_member'],
    caveats: `Only of days with an outage. ${claimed}`,
    better: 'lower',
  },
];

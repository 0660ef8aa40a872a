import type { MetricDefinition, ScoreStore } from '../MetricDefinition.js';

const ofScores = {
  subjects: ['provider', 'operator'],
  grains: ['day'],
  value: 'computed',
  methodVersion: 1,
} as const satisfies Partial<MetricDefinition>;

const trade = ['job_step', 'attempt', 'verification', 'payout', 'stake_change', 'task_outcome'];
const beats = ['node_hour', 'observer_slot', 'maintenance_notice', 'node_version', 'node_day', 'outage'];
const parties = ['provider_version', 'payout', 'stake_change', 'escrow_change', 'delegation'];

function at(column: ScoreStore['at']): { readonly store: ScoreStore } {
  return { store: { table: 'score', at: column } };
}

/** What a reputation is and is made of, by the day; docs/score.md has the method, docs/recompute.md how to check one. */
export const scoreMetrics: readonly MetricDefinition[] = [
  {
    ...ofScores,
    ...at('score'),
    id: 'score.reputation',
    title: 'Reputation',
    unit: 'points',
    definition:
      'How far a provider can be relied on, from 0 to 100: its record where it is weakest, and only as far as the evidence goes.',
    formula:
      '100 · Π c^w over availability (.30), job success (.35), promises (.15) and integrity (.20), each a lower bound from 0.01 to 1; the weight of what a network does not record is shared by the rest.',
    sources: [...trade, ...beats, ...parties, 'beat_flag'],
    caveats:
      'Null where the network records nothing of it. Trade with itself, money that goes in circles and buyers without a history elsewhere do not count; what was left out is shown beside it.',
    better: 'higher',
  },
  {
    ...ofScores,
    ...at('availability'),
    id: 'score.availability',
    title: 'Availability, lower bound',
    unit: 'ratio',
    definition: 'How much of the last 30 days its machines were up at least, without announced maintenance.',
    formula:
      'Wilson lower bound (z 1.96) of up over known minutes, at the number of independent ones that outages leave (REL-04, REL-08).',
    sources: beats,
    caveats: 'Without heartbeats of its own the lower quartile of its peers, or 0.5. Null where nobody beats.',
    better: 'higher',
  },
  {
    ...ofScores,
    ...at('job_success'),
    id: 'score.jobSuccess',
    title: 'Job success, lower bound',
    unit: 'ratio',
    definition: 'The share of tasks it delivers at least, recent ones counting more and failures twice.',
    formula:
      '5 % quantile of Beta(α + successes, β + failures), halved every 30 and 60 days, the prior being that of newcomers with the same GPUs (REL-05 to REL-07); a run of failures lowers it further.',
    sources: [...trade, ...parties],
    caveats: 'Without a task that counts the lower bound of the prior. Null where the network records no jobs.',
    better: 'higher',
  },
  {
    ...ofScores,
    ...at('promise'),
    id: 'score.promise',
    title: 'Promises kept, lower bound',
    unit: 'ratio',
    definition: 'The share of tasks with a deadline that it delivers in time at least.',
    formula:
      'As job success, of tasks that were done by their deadline against those that were late, timed out or run past it.',
    sources: [...trade, ...parties],
    caveats: 'Without a decided promise the lower bound of the prior. Null where no job has a deadline.',
    better: 'higher',
  },
  {
    ...ofScores,
    ...at('integrity'),
    id: 'score.integrity',
    title: 'Integrity, lower bound',
    unit: 'ratio',
    definition: 'How seldom it is caught: slashes, lost disputes, cloned keys, hardware that is not what it says.',
    formula:
      '5 % quantile of Beta(9 + clean evidence, 1 + incidents), incidents halved every 60 days: a slash 3, a lost dispute 1, a day of a node with two beats for one minute, a cloned key or a reused counter 3, of wrong hardware 5, of frozen readings 1.',
    sources: [...trade, 'beat_flag'],
    better: 'higher',
  },
  {
    ...ofScores,
    ...at('evidence_weight'),
    id: 'score.evidenceWeight',
    title: 'Evidence',
    unit: 'count',
    definition: 'How many tasks a reputation stands on, older ones counting less: below 20 it is thin, below 100 fair.',
    formula: 'Sum of the weights of successes and failures that count, failures once.',
    sources: [...trade, ...parties],
    better: 'higher',
  },
  {
    ...ofScores,
    ...at('buyers_effective'),
    id: 'score.buyersEffective',
    title: 'Buyers, effective',
    unit: 'count',
    definition: 'As many buyers of equal weight would be as diverse as those it has.',
    formula: '(Σn)² / Σn² over the weights of its buyers (REP-06).',
    sources: [...trade, ...parties],
    caveats: 'Null without a buyer that counts.',
    better: 'higher',
  },
  {
    ...ofScores,
    ...at(['removed', 'share']),
    id: 'score.removedShare',
    title: 'Trade left out',
    unit: 'ratio',
    definition:
      'The share of its successes that counts for nothing: trade with itself, money in circles, buyers nobody else knows.',
    formula: 'Weight of the successes that were left out over that of all its successes.',
    sources: [...trade, ...parties],
    caveats: 'Null without a success.',
    better: 'lower',
  },
  {
    ...ofScores,
    ...at(['costToMove']),
    id: 'score.costToMove',
    title: 'Cost of one more point',
    unit: 'baseUnits',
    definition:
      'What somebody who buys from himself through fresh accounts has to pay for one more point of this reputation.',
    formula: 'The cheapest trade that the rules let count, divided by the points it brings at the margin.',
    sources: [...trade, ...parties],
    token: 'work',
    caveats: 'Null where no amount buys a point, or no price of a task is known.',
    better: 'higher',
  },
];

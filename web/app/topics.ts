import { key } from './i18n/text.js';

/** A part of a page of figures: what it answers, and which figures of the catalogue say so. */
export interface TopicPart {
  readonly title: string;
  readonly lead: string;
  readonly metrics: readonly string[];
}

export interface Topic {
  readonly id: string;
  readonly title: string;
  readonly lead: string;
  /** Whether there are figures of classes of hardware. */
  readonly byHardware: boolean;
  readonly parts: readonly TopicPart[];
}

export const prices: Topic = {
  id: 'prices',
  title: key('Prices'),
  lead: key('What compute is asked, bid and paid, per GPU-hour in USD as it was worth at its block.'),
  byHardware: true,
  parts: [
    {
      title: key('What it costs'),
      lead: key('The index is made of trades between others: what somebody sold to himself does not count.'),
      metrics: [
        'price.settledIndex',
        'price.ask',
        'price.askSupplyWeighted',
        'price.bid',
        'price.costPerSuccessfulHour',
      ],
    },
    {
      title: key('The index made in other ways'),
      lead: key('By the hour, for one GPU of the H100 kind, with the mix of hardware held still.'),
      metrics: [
        'price.partitionedIndex',
        'price.h100e',
        'price.fisher',
        'price.cleanVwap',
        'price.vwap',
        'price.perGbHour',
      ],
    },
    {
      title: key('Who trades, and how much'),
      lead: key('A price that few stand behind is not published; how much was left out is.'),
      metrics: [
        'price.volumeGpuHours',
        'price.volumeUsd',
        'price.volumeToken',
        'price.providers',
        'price.buyers',
        'price.removedShare',
      ],
    },
    {
      title: key('To rent now'),
      lead: key('Walked from the cheapest ask upwards.'),
      metrics: ['price.rent8', 'price.rent64'],
    },
  ],
};

export const reliability: Topic = {
  id: 'reliability',
  title: key('Reliability'),
  lead: key('Whether machines are up, by heartbeats that they sign, and whether jobs end as agreed.'),
  byHardware: false,
  parts: [
    {
      title: key('Machines'),
      lead: key('Minutes that we could not see are unknown: they count for nobody and against nobody.'),
      metrics: [
        'reliability.uptime',
        'reliability.capacityUptime',
        'reliability.uptimeSla',
        'reliability.coverage',
        'reliability.outages',
        'reliability.repairs',
        'reliability.mtbf',
        'reliability.mttr',
        'reliability.nodesWithoutData',
      ],
    },
    {
      title: key('Not all machines are the mean'),
      lead: key('A mean hides a dead tail: what the worst twentieth, the middle and the best twentieth come to.'),
      metrics: ['reliability.uptimeP5', 'reliability.uptimeP50', 'reliability.uptimeP95', 'reliability.uptimeMean'],
    },
    {
      title: key('Jobs'),
      lead: key('Of tasks that were decided; those that still run are held back, not counted as won.'),
      metrics: [
        'jobs.success',
        'jobs.valueSuccess',
        'jobs.cappedSuccess',
        'jobs.timedOut',
        'jobs.disputed',
        'jobs.disputesLost',
      ],
    },
    {
      title: key('How long it takes'),
      lead: key('Half of the tasks took no longer than the median, nine of ten no longer than the 90 %.'),
      metrics: [
        'jobs.timeToStartP50',
        'jobs.timeToStartP90',
        'jobs.timeToEndP50',
        'jobs.timeToEndP90',
        'jobs.onTime',
        'jobs.promiseRatio',
        'survival.completeIn24h',
        'survival.failIn24h',
      ],
    },
  ],
};

export const economy: Topic = {
  id: 'economy',
  title: key('Economy'),
  lead: key('Where the money comes from, where it goes, and what stands behind a promise.'),
  byHardware: false,
  parts: [
    {
      title: key('Paid for work'),
      lead: key('What buyers paid, and what of it reached those who work.'),
      metrics: [
        'economy.gmv',
        'economy.gmvUsd',
        'economy.payouts',
        'economy.payoutsUsd',
        'economy.takeRate',
        'economy.providerShare',
        'economy.washShare',
        'economy.subsidyRatio',
      ],
    },
    {
      title: key('Stake'),
      lead: key('What providers lose if they cheat, and what it earns them if they do not.'),
      metrics: [
        'economy.stake',
        'economy.stakeDelta',
        'economy.rewards',
        'economy.slashed',
        'economy.apr',
        'economy.realYield',
        'economy.slashRate',
      ],
    },
    {
      title: key('In how many hands it is, by operator'),
      lead: key(
        'An operator may have many addresses: the fewest that hold more than half, and what the largest holds.',
      ),
      metrics: [
        'economy.stakeNakamotoByOperator',
        'economy.stakeTopShareByOperator',
        'economy.stakeHhiByOperator',
        'economy.payNakamotoByOperator',
        'economy.payTopShareByOperator',
        'economy.payHhiByOperator',
      ],
    },
    {
      title: key('The same by address'),
      lead: key('As the chain has it: where this looks more spread than by operator, some have several addresses.'),
      metrics: [
        'economy.stakeNakamoto',
        'economy.stakeTopShare',
        'economy.stakeHhi',
        'economy.payNakamoto',
        'economy.payTopShare',
        'economy.payHhi',
      ],
    },
    {
      title: key('Buyers'),
      lead: key('Whether there are more of them, and whether they come back.'),
      metrics: [
        'economy.activeBuyers',
        'economy.weeklyGrowth',
        'economy.weeklyRetention',
        'economy.cohortRetention',
        'economy.netRevenueRetention',
        'economy.grossRevenueRetention',
      ],
    },
  ],
};

export const mechanisms: Topic = {
  id: 'mechanisms',
  title: key('How the market works'),
  lead: key(
    'How work is split, who joins, what is checked before it is paid, what keeps providers honest, and what could fail at once.',
  ),
  byHardware: false,
  parts: [
    {
      title: key('Work is split'),
      lead: key('Over how many tasks and machines a job spreads.'),
      metrics: ['mechanisms.tasksPerJob', 'mechanisms.nodesPerJob', 'mechanisms.effectiveNodesPerJob'],
    },
    {
      title: key('Anybody may join'),
      lead: key('How many providers come, and how long it takes until one earns.'),
      metrics: ['mechanisms.joins', 'mechanisms.timeToFirstPay'],
    },
    {
      title: key('Work is verified before it is paid'),
      lead: key('Of what was settled, how much had a proof of any kind before the money moved.'),
      metrics: [
        'mechanisms.verifiedShare',
        'mechanisms.verifiedByConsensus',
        'mechanisms.verifiedByProof',
        'mechanisms.verifiedByTee',
        'mechanisms.verifiedByAcknowledgement',
        'mechanisms.medianProofToPay',
        'mechanisms.disputeRate',
        'mechanisms.rejectionRate',
      ],
    },
    {
      title: key('Incentives and governance'),
      lead: key('What is taken from those who cheat, and what the rules were changed to.'),
      metrics: ['mechanisms.slashes', 'economy.slashRate', 'economy.apr', 'mechanisms.parameterChanges'],
    },
    {
      title: key('Capacity is spread'),
      lead: key(
        'An index of 10,000 means that all is in one place; the largest failure is what one place took down at once.',
      ),
      metrics: [
        'mechanisms.capacityByRegion',
        'mechanisms.capacityByOperator',
        'mechanisms.capacityByNetworkGroup',
        'mechanisms.valueByRegion',
        'mechanisms.sharedFailureByRegion',
        'mechanisms.sharedFailureByOperator',
      ],
    },
    {
      title: key('Work that nobody took'),
      lead: key('What buyers asked for in vain.'),
      metrics: ['mechanisms.unassignedJobs', 'mechanisms.unservedBids', 'mechanisms.unservedValue'],
    },
  ],
};

export const supply: Topic = {
  id: 'supply',
  title: key('Supply'),
  lead: key('Which machines there are, how many answer, and how many are at work.'),
  byHardware: true,
  parts: [
    {
      title: key('Machines'),
      lead: key('As their providers claim them, and as they are heard.'),
      metrics: ['supply.nodes', 'supply.onlineNodes', 'supply.onlineShare', 'supply.coverage', 'supply.vramGib'],
    },
    {
      title: key('Capacity and its use'),
      lead: key('GPU-time that was registered, busy, reserved and free.'),
      metrics: [
        'supply.utilisation',
        'supply.registeredGpuSeconds',
        'supply.onlineGpuSeconds',
        'supply.busyGpuSeconds',
        'supply.reservedGpuSeconds',
        'supply.availableGpuSeconds',
        'supply.busySilentGpuSeconds',
      ],
    },
  ],
};

export const topics = [supply, prices, reliability, economy, mechanisms] as const;

export function listMetrics(topic: Topic): readonly string[] {
  return topic.parts.flatMap(({ metrics }) => metrics);
}

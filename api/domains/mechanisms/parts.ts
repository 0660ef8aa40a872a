/** The figures of the catalogue that tell of each of the five mechanisms of a market (docs/lineage.md), by the name of their field. */
export const mechanismParts = {
  taskDistribution: {
    type: 'TaskDistribution',
    description: 'How work is divided and handed out.',
    figures: {
      jobsOpened: 'jobs.opened',
      tasksPerJob: 'mechanisms.tasksPerJob',
      nodesPerJob: 'mechanisms.nodesPerJob',
      effectiveNodesPerJob: 'mechanisms.effectiveNodesPerJob',
      success: 'jobs.success',
      unassignedJobs: 'mechanisms.unassignedJobs',
      utilisation: 'supply.utilisation',
    },
  },
  participation: {
    type: 'Participation',
    description: 'Who comes, how long it takes them to earn, and who stays.',
    figures: {
      joins: 'mechanisms.joins',
      timeToFirstPay: 'mechanisms.timeToFirstPay',
      nodes: 'supply.nodes',
      registeredGpuSeconds: 'supply.registeredGpuSeconds',
      activeBuyers: 'economy.activeBuyers',
      buyersWhoStayed: 'economy.weeklyRetention',
    },
  },
  verification: {
    type: 'VerificationBeforePayment',
    description: 'What is checked before it is paid, and how.',
    figures: {
      verifiedShare: 'mechanisms.verifiedShare',
      byConsensus: 'mechanisms.verifiedByConsensus',
      byProof: 'mechanisms.verifiedByProof',
      byTee: 'mechanisms.verifiedByTee',
      byAcknowledgement: 'mechanisms.verifiedByAcknowledgement',
      proofToPay: 'mechanisms.proofToPay',
      medianProofToPay: 'mechanisms.medianProofToPay',
      disputeRate: 'mechanisms.disputeRate',
      rejectionRate: 'mechanisms.rejectionRate',
    },
  },
  incentives: {
    type: 'Incentives',
    description: 'What is earned, taken and kept, and how the rules change.',
    figures: {
      payouts: 'economy.payouts',
      takeRate: 'economy.takeRate',
      stake: 'economy.stake',
      rewards: 'economy.rewards',
      apr: 'economy.apr',
      realYield: 'economy.realYield',
      subsidyRatio: 'economy.subsidyRatio',
      slashes: 'mechanisms.slashes',
      slashRate: 'economy.slashRate',
      parameterChanges: 'mechanisms.parameterChanges',
    },
  },
  spread: {
    type: 'MarketSpread',
    description: 'Over how many hands and places the market is spread, what fails at once, and what finds no taker.',
    figures: {
      capacityByRegion: 'mechanisms.capacityByRegion',
      capacityByOperator: 'mechanisms.capacityByOperator',
      capacityByNetworkGroup: 'mechanisms.capacityByNetworkGroup',
      valueByRegion: 'mechanisms.valueByRegion',
      payByOperator: 'economy.payHhiByOperator',
      stakeByOperator: 'economy.stakeHhiByOperator',
      sharedFailureByRegion: 'mechanisms.sharedFailureByRegion',
      sharedFailureByOperator: 'mechanisms.sharedFailureByOperator',
      washShare: 'economy.washShare',
      unservedBids: 'mechanisms.unservedBids',
      unservedValue: 'mechanisms.unservedValue',
    },
  },
} as const;

export type MechanismPart = keyof typeof mechanismParts;
export const mechanismPartNames = Object.keys(mechanismParts) as readonly MechanismPart[];

/** Ids of all metrics that are told. */
export const mechanismMetricIds: readonly string[] = [
  ...new Set(Object.values(mechanismParts).flatMap(({ figures }) => Object.values<string>(figures))),
];

import { hex } from '../values.js';
import { toSubaccount } from './zerogIds.js';
import { governanceMeanings, type Meanings } from './zerogServing.js';

/** The ledger holds what buyers have not given to a provider yet; their deposits and withdrawals write no log. */
export const ledgerMeanings: Meanings = {
  ...governanceMeanings,
  FundSpent: ({ args }, settlement) => {
    const { provider, task } = settlement ?? {};
    const subaccount = provider && toSubaccount(args.service, provider);
    const payer = hex(args.user);
    const amount = args.amount as bigint;
    return [
      { kind: 'paid', role: 'provider', provider, recipient: provider, task, payer, amount },
      { kind: 'escrowChanged', change: 'spent', account: payer, subaccount, job: task, amount, delta: -amount },
    ];
  },
  ServiceRegistered: ({ args }) => [
    {
      kind: 'parameterChanged',
      name: `service:${args.serviceName}`,
      value: hex(args.serviceAddress),
    },
  ],
  RecommendedServiceUpdated: ({ args }) => [
    {
      kind: 'parameterChanged',
      name: `recommended:${args.serviceType}`,
      value: `${args.version} ${hex(args.serviceAddress)}`,
    },
  ],
};

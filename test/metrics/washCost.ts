import { betaWashCost } from '../../schema/metrics/formulas/score/betaWashCost.js';
import type { NetworkRecord } from '../../schema/metrics/formulas/score/NetworkRecord.js';
import { scoreNetwork } from '../../schema/metrics/formulas/score/scoreNetwork.js';
import {
  AT,
  FEE_REFERENCE,
  honestBuyers,
  honestProviders,
  repeatTrade,
  type Trade,
  toMarket,
  toProvider,
  toSlots,
} from './marketRecord.js';

/** The attack of REP-07: eight jobs of ten went well. */
const model = {
  ...{ r: 8, s: 2, target: 0.95, capPerBuyer: 10 },
  ...{ jobUsd: 5, feeRate: 0.025, gasUsd: 0.02, feeRefUsd: 0.25, identityUsd: 3 },
};
const plainWash = betaWashCost(model);
/** Twenty points for 96 jobs that one pays oneself, USD a point. Nobody is needed for it but one buyer. */
export const plainWashCost = (plainWash?.costUsd ?? 0) / 20;

/**
 * The same jobs against our score, USD a point. A job costs 5 USD, of which the protocol keeps 2.5 %; a transaction costs 0.02 USD, an identity
 * 3 USD, and a fee of 0.25 USD counts in full. Paying oneself costs fee and gas: the price comes back. A buyer's successes count as far as it
 * has bought from others, so for each own job there is one of somebody else: of an `honest` provider, whose price does not come back and
 * whose work is taken to be worth nothing to the washer; or of an `own` second provider, an identity more, whose price does.
 */
export function toWashCost(others: 'honest' | 'own'): number {
  const fronts: Partial<NetworkRecord> = {
    providers: [...honestProviders, toProvider('washer'), toProvider('second')],
    slots: [...toMarket().slots, ...toSlots('washer')],
    feeReference: FEE_REFERENCE,
  };
  const jobs = plainWash?.jobsNeeded ?? 0;
  const identities = Array.from({ length: plainWash?.identitiesNeeded ?? 0 }, (_, index) => `0xsybil${index}`);
  const perIdentity = Math.ceil(jobs / identities.length);
  const wash = identities.flatMap((buyer, index) => [
    ...repeatTrade(perIdentity, { provider: 'washer', buyer, daysAgo: 1 }),
    ...repeatTrade(perIdentity, { provider: others === 'own' ? 'second' : `honest${index}`, buyer, daysAgo: 1 }),
  ]);
  const score = (trades: readonly Trade[]) =>
    Number(
      scoreNetwork(toMarket([...eightOfTen, ...trades], fronts), { at: AT, subjects: ['washer'] }).find(
        ({ kind }) => kind === 'provider',
      )?.score,
    );
  const gain = score(wash) - score([]);
  const own = model.jobUsd * model.feeRate + model.gasUsd;
  const elsewhere = others === 'own' ? own : own + model.jobUsd;
  const names = identities.length + (others === 'own' ? 1 : 0);
  return (names * model.identityUsd + identities.length * perIdentity * (own + elsewhere)) / gain;
}

const eightOfTen: readonly Trade[] = Array.from({ length: 10 }, (_, index) => ({
  ...{ provider: 'washer', buyer: honestBuyers[index] ?? '', daysAgo: 1 },
  ...(index >= 8 && { kind: 'failed' as const }),
}));

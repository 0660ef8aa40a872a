import { toId } from './fluenceText.js';
import type { Meaning, Meanings } from './Meaning.js';

/** Rules of the protocol, by the names of the views that tell them. */
export const parameterMeanings: Meanings = {
  ConstantUpdated: ({ args }) =>
    toParameter(constants[Number(args.constantType)] ?? `constant${args.constantType}`, args.newValue),
  CapacityConstantUpdated: ({ args }) =>
    toParameter(capacityConstants[Number(args.constantType)] ?? `capacityConstant${args.constantType}`, args.newValue),
  FLTPriceUpdated: ({ args }) => toParameter('fltPrice', args.newValue),
  DifficultyUpdated: ({ args }) => toParameter('difficulty', args.difficulty),
  OracleSet: ({ args }) => toParameter('oracle', toId(args.oracle)),
  PaymentTokenAddedToWhitelist: ({ args }) => toParameter(`paymentToken ${toId(args.paymentToken)}`, 'allowed'),
  PaymentTokenRemovedFromWhitelist: ({ args }) => toParameter(`paymentToken ${toId(args.paymentToken)}`, 'refused'),
};

/** The contracts' enums in their order; a test holds each against its view of the real contracts. */
const constants = [
  'minDealDepositedEpochs',
  'minDealRematchingEpochs',
  'minProtocolVersion',
  'maxProtocolVersion',
  'maxUnitCountPerProvider',
];
const capacityConstants = [
  'minDuration',
  'maxDuration',
  'minCUPerCommitment',
  'maxCUPerCommitment',
  'usdCollateralPerUnit',
  'slashingRate',
  'withdrawEpochsAfterFailed',
  'maxFailedRatio',
  'usdTargetRevenuePerEpoch',
  'minRewardPerEpoch',
  'maxRewardPerEpoch',
  'minProofsPerEpoch',
  'maxProofsPerEpoch',
];

function toParameter(name: string, value: unknown): ReturnType<Meaning> {
  return [{ kind: 'parameterChanged', name, value: String(value) }];
}

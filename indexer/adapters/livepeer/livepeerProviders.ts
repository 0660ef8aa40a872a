import { hex } from '../values.js';
import { type Meanings } from './Meaning.js';

/** Who is in the active set, and on what terms: parts per million, as the contract keeps them. */
export const transcoderMeanings: Meanings = {
  TranscoderUpdate: ({ args }) => [
    {
      kind: 'providerUpdated',
      provider: hex(args.transcoder),
      attributes: {
        owner: hex(args.transcoder),
        terms: { rewardCutPpm: String(args.rewardCut), feeSharePpm: String(args.feeShare) },
      },
    },
  ],
  TranscoderActivated: ({ args }) => [
    {
      kind: 'providerUpdated',
      provider: hex(args.transcoder),
      attributes: { owner: hex(args.transcoder), active: true },
    },
  ],
  TranscoderDeactivated: ({ args }) => [
    { kind: 'providerUpdated', provider: hex(args.transcoder), attributes: { active: false } },
  ],
};

export const serviceMeanings: Meanings = {
  ServiceURIUpdate: ({ args }) => [
    { kind: 'providerUpdated', provider: hex(args.addr), attributes: { uri: String(args.serviceURI) } },
  ],
};

/**
 * The same orchestrator at a second place, for AI. It is no node: a wallet has one such address, whatever number of
 * machines stands behind it, and the orchestrators without one have machines as well.
 */
export const aiServiceMeanings: Meanings = {
  ServiceURIUpdate: ({ args }) => [
    {
      kind: 'providerUpdated',
      provider: hex(args.addr),
      attributes: { terms: { aiServiceUri: String(args.serviceURI).slice(0, MAX_URI) } },
    },
  ],
};

/** Anyone may write there, at any length; the whole stays with the event. */
const MAX_URI = 2_048;

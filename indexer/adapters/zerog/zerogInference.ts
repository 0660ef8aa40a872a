import type { CanonicalEvent } from '../../events/CanonicalEvent.js';
import { hex } from '../values.js';
import { type Meanings, servingMeanings, toParameter } from './zerogServing.js';

/**
 * One service per provider. A settlement covers a batch of requests that the chain knows by a hash only: it is no job,
 * and TEESettlementResult, which asks for what was not paid or says why nothing was, is about none.
 */
export const inferenceMeanings: Meanings = {
  ...servingMeanings,
  ServiceUpdated: ({ args }) => {
    const provider = hex(args.service);
    return [
      {
        kind: 'providerUpdated',
        provider,
        attributes: {
          owner: provider,
          uri: String(args.url),
          active: true,
          terms: {
            serviceType: String(args.serviceType),
            model: String(args.model),
            verifiability: String(args.verifiability),
          },
        },
      },
      toPrice(provider, 'input', args.inputPrice),
      toPrice(provider, 'output', args.outputPrice),
    ];
  },
  ServiceRemoved: ({ args }) => [
    { kind: 'providerUpdated', provider: hex(args.service), attributes: { active: false } },
  ],
  // The contract's owner vouches for the signer, or no longer; a changed service loses it again without a log.
  ProviderTEESignerAcknowledged: ({ args }) => [
    {
      kind: 'providerUpdated',
      provider: hex(args.provider),
      attributes: {
        terms: { teeSigner: hex(args.teeSignerAddress), teeSignerAcknowledged: String(args.acknowledged) },
      },
    },
  ],
  ContractInitialized: (decoded) => [
    toParameter(decoded, 'lockTime', String(decoded.args.lockTime)),
    toParameter(decoded, 'ledger', hex(decoded.args.ledgerAddress)),
  ],
};

/** Wei of 0G per token. */
function toPrice(provider: string, resource: 'input' | 'output', amount: unknown): CanonicalEvent {
  return {
    kind: 'priced',
    provider,
    basis: 'advertised',
    unit: 'token',
    resource,
    amount: amount as bigint,
    scale: 18,
  };
}

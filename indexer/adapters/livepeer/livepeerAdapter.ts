import type { DecodedLog, Subject } from '../../events/logs.js';
import type { Adapter } from '../Adapter.js';
import { hex, ZERO_ADDRESS } from '../values.js';
import { migrationMeanings } from './livepeerMigration.js';
import { feeMeanings, ticketMeanings } from './livepeerMoney.js';
import { parameterMeanings, registryMeanings, rewardMeanings, toLivepeerReads } from './livepeerParameters.js';
import { aiServiceMeanings, serviceMeanings, transcoderMeanings } from './livepeerProviders.js';
import { stakeMeanings } from './livepeerStake.js';
import { type Meanings } from './Meaning.js';

/** What each log means and what it leaves open: docs/livepeer.md. */
export const livepeerAdapter: Adapter = {
  protocol: 'livepeer',
  toReads: toLivepeerReads,
  adapt: (transaction, reads) =>
    transaction.map((decoded) => {
      const events = meanings[decoded.role]?.[decoded.name]?.(decoded, reads) ?? [];
      return events.length > 0 ? { decoded, events } : { decoded, events, subject: toSubject(decoded) };
    }),
};

/** By the role of the emitter. NewRound means nothing here: a round begins as planned, and changes no rule. */
const meanings: Readonly<Record<string, Meanings>> = {
  controller: registryMeanings,
  bondingManager: { ...transcoderMeanings, ...stakeMeanings, ...feeMeanings, ...parameterMeanings },
  ticketBroker: { ...ticketMeanings, ...parameterMeanings },
  roundsManager: parameterMeanings,
  minter: { ...rewardMeanings, ...parameterMeanings },
  bondingVotes: parameterMeanings,
  serviceRegistry: { ...serviceMeanings, ...parameterMeanings },
  aiServiceRegistry: { ...aiServiceMeanings, ...parameterMeanings },
  l2Migrator: { ...migrationMeanings, ...parameterMeanings },
};

/** The argument that names an orchestrator, in logs without a meaning. Delegators and gateways are no providers. */
const providerArguments: Readonly<Record<string, string>> = {
  'bondingManager.EarningsClaimed': 'delegate',
  'bondingManager.TreasuryReward': 'transcoder',
  'ticketBroker.WinningTicketRedeemed': 'recipient',
  'ticketBroker.ReserveClaimed': 'claimant',
};

function toSubject({ role, name, args }: DecodedLog): Subject | undefined {
  const argument = providerArguments[`${role}.${name}`];
  const provider = argument && hex(args[argument]);
  return provider && provider !== ZERO_ADDRESS ? { provider } : undefined;
}

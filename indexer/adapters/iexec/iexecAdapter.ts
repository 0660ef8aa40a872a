import type { CanonicalEvent, ProviderAttributes } from '../../events/CanonicalEvent.js';
import type { ReadResults } from '../../events/ContractRead.js';
import type { AdaptedLog, DecodedLog, Subject } from '../../events/logs.js';
import type { Adapter } from '../Adapter.js';
import { hex, ZERO_ADDRESS } from '../values.js';
import { toAccountMeaning } from './iexecAccounts.js';
import { toJob } from './iexecJobs.js';
import { toLedgerMeanings } from './iexecLedger.js';
import { toOrderMeaning, toOrderSignatures } from './iexecOrders.js';
import { toIexecReads } from './iexecReads.js';
import { toCategoryText, toEntryAddress, toNameKey } from './iexecTerms.js';

/**
 * A deal is a job and its tasks are tasks. The hub's ledger logs (Lock, Unlock, Seize, Reward) name only an account:
 * what each of them means follows from where it stands in its transaction (`toLedgerMeanings`).
 */
export const iexecAdapter: Adapter = {
  protocol: 'iexec',
  toReads: toIexecReads,
  toSignatures: toOrderSignatures,
  adapt(transaction, reads) {
    const ledger = toLedgerMeanings(transaction, reads);
    return transaction.map((decoded): AdaptedLog => {
      const meaning = ledger.get(decoded) ?? toMeaning({ decoded, transaction, reads });
      return { decoded, ...meaning };
    });
  },
};

interface LogContext {
  readonly decoded: DecodedLog;
  readonly transaction: readonly DecodedLog[];
  readonly reads: ReadResults;
}

type Meaning = Omit<AdaptedLog, 'decoded'>;

function toMeaning(context: LogContext): Meaning {
  const { decoded, reads } = context;
  // What an app or a dataset is called stands on the jobs that use it; who owns it is kept as the event it is.
  if (decoded.role === 'appRegistry' || decoded.role === 'datasetRegistry') return { events: [] };
  if (decoded.role === 'workerpoolRegistry') return { events: toProvider(decoded, reads) };
  if (decoded.role === 'workerpool') return { events: toPolicy(decoded) };
  if (decoded.name === 'Transfer') return toAccountMeaning(decoded);
  if (decoded.name === 'OrdersMatched') return { events: toJob(context) };
  return toOrderMeaning(decoded, reads) ?? { events: toEvents(decoded), subject: toSubject(decoded) };
}

function toEvents({ name, args }: DecodedLog): readonly CanonicalEvent[] {
  const task = String(args.taskid);
  const node = hex(args.worker);
  switch (name) {
    case 'TaskInitialize':
      return [{ kind: 'taskStarted', task }];
    case 'TaskContribute':
      return [{ kind: 'taskAttempted', task, node }];
    case 'TaskConsensus':
      return [{ kind: 'taskVerified', task, mechanism: 'consensus', result: 'reached' }];
    case 'TaskReveal':
      return [{ kind: 'taskVerified', task, mechanism: 'consensus', node, result: 'revealed' }];
    case 'AccurateContribution':
      return [{ kind: 'taskVerified', task, mechanism: 'consensus', node, result: 'accepted' }];
    case 'FaultyContribution':
      return [{ kind: 'taskVerified', task, mechanism: 'consensus', node, result: 'rejected' }];
    case 'TaskReopen':
      return [{ kind: 'taskReopened', task }];
    case 'TaskFinalize':
      return [{ kind: 'taskCompleted', task }];
    case 'TaskClaimed':
      return [{ kind: 'taskFailed', task }];
    case 'CreateCategory':
      return [{ kind: 'parameterChanged', name: `category:${args.catid}`, value: toCategoryText(args) }];
    case 'OwnershipTransferred':
      return [{ kind: 'parameterChanged', name: 'owner', value: hex(args.newOwner) }];
    default:
      return [];
  }
}

function toSubject({ name, args }: DecodedLog): Subject | undefined {
  if (name === 'SchedulerNotice') return { job: String(args.dealid), provider: hex(args.workerpool) };
  if (name === 'SchedulerNoticeBoost') return { job: String(args.dealId), provider: hex(args.workerpool) };
  if (name === 'DealSponsored' || name === 'DealSponsoredBoost') return { job: String(args.dealId) };
  return undefined;
}

function toProvider({ name, args }: DecodedLog, reads: ReadResults): readonly CanonicalEvent[] {
  const provider = name === 'Transfer' ? toEntryAddress(args.tokenId) : undefined;
  if (!provider) return [];
  const description = reads.get(toNameKey(provider)) as string | undefined;
  const owner = hex(args.to);
  const active = owner !== ZERO_ADDRESS;
  const terms = hex(args.from) === ZERO_ADDRESS ? firstPolicy : undefined;
  const attributes = { owner, active, ...(description ? { name: description } : {}), ...(terms ? { terms } : {}) };
  return [{ kind: 'providerUpdated', provider, attributes }];
}

function toPolicy({ name, args, log }: DecodedLog): readonly CanonicalEvent[] {
  if (name !== 'PolicyUpdate') return [];
  const terms = toTerms(args.newWorkerStakeRatioPolicy, args.newSchedulerRewardRatioPolicy);
  return [{ kind: 'providerUpdated', provider: log.address, attributes: { terms } }];
}

/** Shares of the workerpool's price: what a worker must stake for a contribution, what the scheduler keeps. */
function toTerms(workerStake: unknown, schedulerReward: unknown): ProviderAttributes['terms'] {
  return { workerStake: `${workerStake} %`, schedulerReward: `${schedulerReward} %` };
}

/** A workerpool is born with a policy that no log tells (Workerpool.initialize). */
const firstPolicy = toTerms(30n, 1n);

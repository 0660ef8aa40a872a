import { encodePacked, keccak256 } from 'viem/utils';
import type { CanonicalEvent } from '../../events/CanonicalEvent.js';
import type { ReadResults } from '../../events/ContractRead.js';
import type { AdaptedLog, DecodedLog, Subject } from '../../events/logs.js';
import type { Adapter } from '../Adapter.js';
import { toLedgerMeanings } from './iexecLedger.js';
import {
  type Category,
  type Deal,
  findDeal,
  toCategoryKey,
  toIexecReads,
  toNameKey,
  toPoolAddress,
} from './iexecReads.js';

/**
 * A deal is a job and its tasks are tasks. The hub's ledger logs (Lock, Unlock, Seize, Reward) name only an account:
 * what each of them means follows from where it stands in its transaction (`toLedgerMeanings`).
 */
export const iexecAdapter: Adapter = {
  protocol: 'iexec',
  toReads: toIexecReads,
  adapt(transaction, reads) {
    const ledger = toLedgerMeanings(transaction, reads);
    return transaction.map((decoded): AdaptedLog => {
      const meaning = ledger.get(decoded) ?? { events: toEvents(decoded, reads), subject: toSubject(decoded) };
      return { decoded, ...meaning };
    });
  },
};

/** A deal fails for good at 10 times its category's reference time (IexecLibCore_v5 FINAL_DEADLINE_RATIO). */
const FINAL_DEADLINE_RATIO = 10n;
/** Matching costs little and its volume is the buyer's to choose: a deal beyond this is set aside, not unrolled. */
const MAX_TASKS = 10_000;
const ZERO_ADDRESS = '0x0000000000000000000000000000000000000000';

function toEvents(decoded: DecodedLog, reads: ReadResults): readonly CanonicalEvent[] {
  const { name, args, role } = decoded;
  if (role === 'workerpoolRegistry') return name === 'Transfer' ? toProvider(decoded, reads) : [];
  const task = String(args.taskid);
  const node = String(args.worker).toLowerCase();
  switch (name) {
    case 'OrdersMatched':
      return toJob(decoded, reads);
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
    default:
      return [];
  }
}

function toSubject({ name, args }: DecodedLog): Subject | undefined {
  if (name === 'SchedulerNotice') return { job: String(args.dealid), provider: String(args.workerpool).toLowerCase() };
  if (name === 'DealSponsored') return { job: String(args.dealId) };
  return undefined;
}

function toProvider({ args }: DecodedLog, reads: ReadResults): readonly CanonicalEvent[] {
  const provider = toPoolAddress(args.tokenId);
  const name = reads.get(toNameKey(provider)) as string | undefined;
  const owner = String(args.to).toLowerCase();
  return [
    {
      kind: 'providerUpdated',
      provider,
      attributes: { owner, active: owner !== ZERO_ADDRESS, ...(name ? { name } : {}) },
    },
  ];
}

/** Without the deal's terms (the node could not tell) the job stands, with neither tasks nor price. */
function toJob({ args }: DecodedLog, reads: ReadResults): readonly CanonicalEvent[] {
  const job = String(args.dealid);
  const deal = findDeal(reads, job);
  if (!deal) return [{ kind: 'jobCreated', job, tasks: [], attributes: {} }];
  const category = reads.get(toCategoryKey(deal.category)) as Category | undefined;
  const provider = deal.workerpool.pointer.toLowerCase();
  const first = deal.botFirst;
  if (deal.botSize > MAX_TASKS) {
    throw new Error(`a deal of ${deal.botSize} tasks; at most ${MAX_TASKS} are followed one by one`);
  }
  return [
    {
      kind: 'jobCreated',
      job,
      provider,
      buyer: deal.requester.toLowerCase(),
      tasks: Array.from({ length: Number(deal.botSize) }, (_, position) => ({
        task: toTaskId(job, first + BigInt(position)),
        position,
      })),
      price: {
        amount: deal.app.price + deal.dataset.price + deal.workerpool.price,
        providerAmount: deal.workerpool.price,
        unit: 'task',
      },
      deadline: category && toDate(deal.startTime + FINAL_DEADLINE_RATIO * category.workClockTimeRef),
      attributes: toAttributes(deal, category),
    },
    { kind: 'jobAssigned', job, provider },
  ];
}

function toAttributes(deal: Deal, category: Category | undefined): Readonly<Record<string, string>> {
  return {
    app: deal.app.pointer.toLowerCase(),
    ...(deal.dataset.pointer === ZERO_ADDRESS ? {} : { dataset: deal.dataset.pointer.toLowerCase() }),
    category: category ? `${category.name} (${category.workClockTimeRef} s)` : String(deal.category),
    trust: String(deal.trust),
    tag: deal.tag,
    beneficiary: deal.beneficiary.toLowerCase(),
  };
}

/** PoCo: `keccak256(abi.encodePacked(dealid, idx))`. */
function toTaskId(dealId: string, index: bigint): string {
  return keccak256(encodePacked(['bytes32', 'uint256'], [dealId as `0x${string}`, index]));
}

/** Categories are anyone's to make on a private hub: a time that no calendar holds is none. */
function toDate(seconds: bigint): Date | undefined {
  return seconds <= LAST_SECOND ? new Date(Number(seconds) * 1000) : undefined;
}

const LAST_SECOND = BigInt(Date.UTC(9999, 11, 31) / 1000);

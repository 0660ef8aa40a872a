import type { CanonicalEvent } from '../../events/CanonicalEvent.js';
import type { ReadResults } from '../../events/ContractRead.js';
import type { DecodedLog } from '../../events/logs.js';
import { hex, LAST_SECOND, toDate, ZERO_ADDRESS } from '../values.js';
import { findPriceLock } from './iexecLedger.js';
import {
  type Category,
  findBoostDeal,
  findCategory,
  findDeal,
  MAX_NAME,
  toCategoryText,
  toNameKey,
  toTaskId,
} from './iexecTerms.js';

/** A deal fails for good at 10 times its category's reference time, one of the Boost facet at 7 times (FacetBase). */
const FINAL_DEADLINE_RATIO = 10n;
const BOOST_DEADLINE_RATIO = 7n;
/** Matching costs little and its volume is the buyer's to choose: a deal beyond this is set aside, not unrolled. */
const MAX_TASKS = 10_000;

interface Match {
  /** OrdersMatched. */
  readonly decoded: DecodedLog;
  readonly transaction: readonly DecodedLog[];
  readonly reads: ReadResults;
}

type Created = Extract<CanonicalEvent, { kind: 'jobCreated' }>;

/** Without the deal's terms (the node could not tell) the job stands, with neither tasks nor price. */
export function toJob(match: Match): readonly CanonicalEvent[] {
  const job = String(match.decoded.args.dealid);
  const notice = match.transaction.find(({ name, args }) => name === 'SchedulerNoticeBoost' && args.dealId === job);
  const created = notice ? toBoostJob(match, notice) : toClassicJob(match);
  if (!created) return [{ kind: 'jobCreated', job, tasks: [], attributes: {} }];
  return created.provider ? [created, { kind: 'jobAssigned', job, provider: created.provider }] : [created];
}

function toClassicJob({ decoded, transaction, reads }: Match): Created | undefined {
  const job = String(decoded.args.dealid);
  const deal = findDeal(reads, job);
  if (!deal) return undefined;
  const category = findCategory(reads, deal.category);
  const buyer = hex(deal.requester);
  return {
    kind: 'jobCreated',
    job,
    provider: hex(deal.workerpool.pointer),
    buyer,
    tasks: toTasks(job, deal.botFirst, deal.botSize),
    price: {
      amount: deal.app.price + deal.dataset.price + deal.workerpool.price,
      providerAmount: deal.workerpool.price,
      unit: 'task',
    },
    deadline: category && toDate(deal.startTime + FINAL_DEADLINE_RATIO * category.workClockTimeRef),
    attributes: {
      ...toPartAttributes(reads, { app: deal.app.pointer, dataset: deal.dataset.pointer, category: deal.category }),
      trust: String(deal.trust),
      tag: deal.tag,
      beneficiary: hex(deal.beneficiary),
      ...toSponsor(findPriceLock(transaction, job), buyer),
    },
  };
}

/**
 * A deal of the Boost facet. Its notice and the lock of its price tell nearly all of it; where the hub answers
 * `viewDealBoost`, also who asked for it if somebody else pays, and what of the price is the workerpool's. Its tasks are counted from 0 whatever was used of the request before (IexecPocoBoostFacet.requireTaskExistsAndUnset).
 */
function toBoostJob({ decoded, transaction, reads }: Match, notice: DecodedLog): Created {
  const job = String(decoded.args.dealid);
  const volume = decoded.args.volume as bigint;
  const { app, dataset, category, tag, beneficiary, workerpool } = notice.args;
  const deal = findBoostDeal(reads, job);
  const lock = findPriceLock(transaction, job);
  const payer = lock && hex(lock.args.owner);
  const isSponsored = transaction.some(({ name, args }) => name === 'DealSponsoredBoost' && args.dealId === job);
  const buyer = deal ? hex(deal.requester) : isSponsored ? undefined : payer;
  return {
    kind: 'jobCreated',
    job,
    provider: hex(workerpool),
    buyer,
    tasks: toTasks(job, 0n, volume),
    ...(lock && volume > 0n
      ? {
          price: {
            amount: (lock.args.amount as bigint) / volume,
            ...(deal ? { providerAmount: deal.workerpoolPrice } : {}),
            unit: 'task',
          },
        }
      : {}),
    ...toBoostDeadline(findCategory(reads, category as bigint)),
    attributes: {
      ...toPartAttributes(reads, { app, dataset, category: category as bigint }),
      tag: String(tag),
      beneficiary: hex(beneficiary),
      ...toSponsor(lock, buyer),
    },
  };
}

/** Categories are anyone's to make on a private hub: a time that no calendar holds is none. */
function toBoostDeadline(category: Category | undefined): Pick<Created, 'deadlineAfterSeconds'> {
  const seconds = category && BOOST_DEADLINE_RATIO * category.workClockTimeRef;
  // With half of what a calendar holds there is room for any block's own time.
  return seconds === undefined || seconds > LAST_SECOND / 2n ? {} : { deadlineAfterSeconds: Number(seconds) };
}

function toTasks(job: string, first: bigint, count: bigint): Created['tasks'] {
  if (count > MAX_TASKS) throw new Error(`a deal of ${count} tasks; at most ${MAX_TASKS} are followed one by one`);
  return Array.from({ length: Number(count) }, (_, position) => ({
    task: toTaskId(job, first + BigInt(position)),
    position,
  }));
}

function toPartAttributes(
  reads: ReadResults,
  parts: { readonly app: unknown; readonly dataset: unknown; readonly category: bigint },
): Readonly<Record<string, string>> {
  const category = findCategory(reads, parts.category);
  return {
    app: hex(parts.app),
    ...toName(reads, 'appName', hex(parts.app)),
    ...(hex(parts.dataset) === ZERO_ADDRESS
      ? {}
      : { dataset: hex(parts.dataset), ...toName(reads, 'datasetName', hex(parts.dataset)) }),
    category: category ? toCategoryText(category) : String(parts.category),
  };
}

function toName(reads: ReadResults, attribute: string, entry: string): Readonly<Record<string, string>> {
  const name = reads.get(toNameKey(entry));
  return typeof name === 'string' && name !== '' ? { [attribute]: name.slice(0, MAX_NAME) } : {};
}

/** Who pays in the buyer's place. */
function toSponsor(lock: DecodedLog | undefined, buyer: string | undefined): Readonly<Record<string, string>> {
  const payer = lock && hex(lock.args.owner);
  return payer && payer !== buyer ? { sponsor: payer } : {};
}

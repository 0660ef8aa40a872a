import { judgeBeat } from '../../../schema/heartbeat/judgeBeat.js';
import type { ParsedBeat } from '../../../schema/heartbeat/parseBatch.js';
import { slotStartMs } from '../../../schema/heartbeat/slots.js';
import type { BatchCounts, VerdictCode } from '../../../schema/heartbeat/verdicts.js';
import type { AcceptedBeat, BatchOutcome } from '../beats/AcceptedBatch.js';
import type { Answer } from './Answer.js';
import type { GatewayContext } from './Gateway.js';
import { findFlawAt, type KnownDelegation } from './KnownDelegation.js';
import { MAX_COUNTER_LAG } from './limits.js';

/** A batch whose signature holds. */
export interface SignedBatch {
  readonly delegation: KnownDelegation;
  readonly counter: number;
  readonly firstSlot: number;
  readonly lastSlot: number;
  /** First 16 bytes of the SHA-256 of what was signed. */
  readonly digest: Buffer;
  readonly fingerprint: number;
  readonly beats: readonly ParsedBeat[];
  /** Unix ms. */
  readonly receivedAt: number;
}

/** Judges every beat, hands the good ones to the writer, and answers once they are durable. */
export async function finishBatch(context: GatewayContext, batch: SignedBatch): Promise<Answer> {
  const { delegation, counter, lastSlot, fingerprint, beats } = batch;
  const order = judgeCounter(batch);
  const verdicts: VerdictCode[] = [];
  const handed: AcceptedBeat[] = [];
  for (const beat of beats) {
    const verdict = order === 'old' ? 'STALE' : judge(batch, beat);
    verdicts.push(verdict);
    if (verdict === 'ACCEPTED' || verdict === 'LATE') handed.push(toAcceptedBeat(batch, beat, verdict === 'LATE'));
  }
  if (handed.length === 0) return refuseAll(context, batch, verdicts);
  if (!context.allowance.hasAny(delegation.delegationKey)) return refuseFlood(context, delegation);
  const outcome = await publish(context, batch, handed);
  if (outcome === 'conflict') return refuseCounter(context, batch);
  delegation.recent.add({
    ...{ counter, fingerprint, lastSlot },
    handed: handed.length,
    refused: beats.length - handed.length,
  });
  if (counter > delegation.highest) {
    delegation.highest = counter;
    delegation.highestSlot = Math.max(delegation.highestSlot, lastSlot);
  }
  const told = tell(context, { handed, verdicts, outcome });
  return toAnswer(context, { batch, told, regressed: order === 'regressed' && outcome === 'written' });
}

/** What could not be made durable is not held against its sender. */
async function publish(
  { allowance, bus, observer, thrownByBus }: GatewayContext,
  { delegation, counter, firstSlot, lastSlot, digest }: SignedBatch,
  beats: readonly AcceptedBeat[],
): Promise<BatchOutcome> {
  const { delegationKey, nodeKeys } = delegation;
  const share = beats.length / nodeKeys.length;
  allowance.take(delegationKey, share);
  try {
    return await bus.publish({ delegationKey, counter, firstSlot, lastSlot, digest, observer, beats });
  } catch (thrown) {
    allowance.take(delegationKey, -share);
    thrownByBus.add(Object(thrown));
    throw thrown;
  }
}

/** Two machines that share a key count each for itself: then counters go back while time goes on. */
function judgeCounter({ delegation, counter, firstSlot }: SignedBatch): 'good' | 'regressed' | 'old' {
  const { highest, highestSlot } = delegation;
  if (counter > highest) return 'good';
  if (firstSlot > highestSlot) return 'regressed';
  return counter <= highest - MAX_COUNTER_LAG ? 'old' : 'good';
}

function judge({ delegation, receivedAt }: SignedBatch, { node, slot, sentAt }: ParsedBeat): VerdictCode {
  const registered = delegation.registeredAt[node] ?? Number.NaN;
  const registeredAt = Number.isNaN(registered) ? undefined : registered;
  const verdict = judgeBeat({ slot, sentAt, receivedAt, registeredAt });
  if (verdict !== 'ACCEPTED' && verdict !== 'LATE') return verdict;
  if (delegation.foreign[node] === 1) return 'UNAUTHORISED';
  return findFlawAt(delegation, sentAt) === undefined ? verdict : 'UNAUTHORISED';
}

function toAcceptedBeat({ delegation, receivedAt }: SignedBatch, beat: ParsedBeat, late: boolean): AcceptedBeat {
  const { node, slot, sentAt, digest, rttUs, utilPermille, memoryPermille, jobs, hardware } = beat;
  const start = slotStartMs(slot);
  return {
    nodeKey: delegation.nodeKeys[node] ?? 0,
    slot,
    late,
    digest,
    sentCs: Math.floor((sentAt - start) / 10),
    receivedCs: Math.floor((receivedAt - start) / 10),
    rttUs,
    utilPermille,
    memoryPermille,
    jobs,
    hardware,
  };
}

interface Told extends BatchCounts {
  readonly refusals: readonly { readonly beat: number; readonly code: VerdictCode }[];
  readonly conflicts: number;
}

/** What has become of each beat, now that all of them are durable. */
function tell(
  { seen }: GatewayContext,
  {
    handed,
    verdicts,
    outcome,
  }: {
    readonly handed: readonly AcceptedBeat[];
    readonly verdicts: readonly VerdictCode[];
    readonly outcome: BatchOutcome;
  },
): Told {
  const refusals: { beat: number; code: VerdictCode }[] = [];
  let [written, duplicate, late, refused, conflicts, position] = [0, 0, 0, 0, 0, 0];
  for (const [beat, code] of verdicts.entries()) {
    if (code !== 'ACCEPTED' && code !== 'LATE') {
      refused += 1;
      refusals.push({ beat, code });
      continue;
    }
    const one = handed[position];
    position += 1;
    const known = one ? seen.mark(one.nodeKey, one.slot, one.digest) : 'new';
    if (outcome === 'duplicate' || known === 'same') duplicate += 1;
    else if (known === 'other') {
      refused += 1;
      conflicts += 1;
      refusals.push({ beat, code: 'CONFLICT' });
    } else if (code === 'LATE') {
      late += 1;
      refusals.push({ beat, code });
    } else written += 1;
  }
  return { written, duplicate, late, refused, refusals, conflicts };
}

function toAnswer(
  context: GatewayContext,
  { batch, told, regressed }: { readonly batch: SignedBatch; readonly told: Told; readonly regressed: boolean },
): Answer {
  const { written, duplicate, late, refused, refusals, conflicts } = told;
  const counts = { written, duplicate, late, refused };
  const beacon = findBeacon(context, batch.delegation);
  if (conflicts > 0 && written + duplicate + late === 0) {
    return {
      code: 'CONFLICT',
      message:
        'Expected one beat for a node and minute, got another one than before: both are kept and flagged. Send no more than one; if you do not, another machine uses this key.',
      counts,
      beacon,
    };
  }
  const code = regressed ? 'SEQ_REGRESSION' : toCode(counts);
  return { code, body: { ...counts, refusals, beacon: beacon ?? '' } };
}

function toCode({ written, duplicate, late }: BatchCounts): VerdictCode {
  if (written > 0) return 'ACCEPTED';
  return late > 0 && late >= duplicate ? 'LATE' : 'DUPLICATE';
}

/** The first beat speaks for all of them. */
function refuseAll(context: GatewayContext, batch: SignedBatch, verdicts: readonly VerdictCode[]): Answer {
  const { beats, delegation, receivedAt } = batch;
  const code = verdicts[0] ?? 'MALFORMED';
  const [{ slot = 0, sentAt = 0 } = {}] = beats;
  const counts = { written: 0, duplicate: 0, late: 0, refused: beats.length };
  return {
    code,
    message: explain(code, { slot, sentAt, receivedAt, delegation }),
    counts,
    beacon: findBeacon(context, delegation),
  };
}

/** What is wrong with a beat, what to do. */
export function explain(
  code: VerdictCode,
  at: {
    readonly slot: number;
    readonly sentAt: number;
    readonly receivedAt: number;
    readonly delegation?: KnownDelegation;
  },
): string {
  const { slot, sentAt, receivedAt, delegation } = at;
  const seconds = Math.abs((receivedAt - sentAt) / 1_000).toFixed(1);
  switch (code) {
    case 'FUTURE':
      return `Expected beats sent at most 5 s ahead of this gateway's clock, got ${seconds} s: set your clock by NTP.`;
    case 'STALE':
      return `Expected beats sent at most 120 s ago under a counter at most ${MAX_COUNTER_LAG} behind, got ${seconds} s: drop them, and check your clock if they are new.`;
    case 'SLOT_MISMATCH':
      return `Expected sentAt within slot ${slot}, got ${sentAt}, which is in slot ${Math.floor(sentAt / 60_000)}: name the slot as floor(sentAt / 60000).`;
    case 'INELIGIBLE':
      return `Expected a slot that began after the node was registered, got ${slot}: send from the next minute on.`;
    case 'UNAUTHORISED':
      return `Expected a delegation that was valid when the beat was sent, got one that is ${(delegation && findFlawAt(delegation, sentAt)) ?? 'of an account that may not speak for the node any more'}: open another session.`;
    default:
      return `Expected beats that can be taken, got ${code}.`;
  }
}

function refuseCounter(context: GatewayContext, { delegation, counter, beats }: SignedBatch): Answer {
  return {
    code: 'CONFLICT',
    message: `Expected counter ${counter} with the batch it was first used for, got another one: nothing was written, and its nodes are flagged. Use each counter once; if you do, another machine uses this key.`,
    counts: { written: 0, duplicate: 0, late: 0, refused: beats.length },
    beacon: findBeacon(context, delegation),
  };
}

function refuseFlood({ allowance, limits }: GatewayContext, { delegationKey }: KnownDelegation): Answer {
  return {
    code: 'RATE_LIMITED',
    message: `Expected one beat a minute for each node of the session, and at most ${limits.beatsPerNodeMinute} times as many in all, got more: wait, then send the same again.`,
    retryAfterSeconds: allowance.secondsToWait(delegationKey),
  };
}

/** The block to name in what is sent next. */
export function findBeacon(
  { beacons }: GatewayContext,
  { network }: Pick<KnownDelegation, 'network'>,
): string | undefined {
  return beacons.findNewest(network.definition.chainId)?.hash;
}

import { isOutage } from '../../writer/outage.js';
import { CommitLostError } from '../../writer/transact.js';
import { BusyError } from '../bus/TelemetryBus.js';
import { type Answer, isRefusal, type Refusal } from './Answer.js';
import type { Lane } from './createWorkQueue.js';
import type { GatewayContext, Source } from './Gateway.js';
import { forgetSource, type KnownDelegation, rememberSource } from './KnownDelegation.js';

/**
 * Before anybody has proven who they are, they may fail so often: their address group, and, from where a delegation was never
 * used rightly, that delegation. Only failures count, and where it was used rightly nothing stands in its way: naming a
 * victim locks no victim out. Nobody remembers after a restart where that was, so a session that is named in too many
 * failures is to be opened again, which costs its holder one request and proves it.
 */
export async function guardWork(
  context: GatewayContext,
  guarded: {
    readonly source: Source;
    /** Id of the delegation that is named. */
    readonly named?: string | undefined;
    /** Nobody opened it, so nobody can open it again. */
    readonly isDirect?: boolean;
    /** The same, if it is known. */
    readonly delegation?: KnownDelegation | undefined;
    /** Beats, of which the observer must be able to take most while it is alive. */
    readonly areBeats?: boolean;
    readonly work: (lane: Lane) => Promise<Answer>;
  },
): Promise<Answer> {
  const { source, named, isDirect = false, areBeats = false, delegation, work } = guarded;
  const { failures, namedFailures, proven, alive, thrownByBus } = context;
  const isGuest = delegation?.guests.includes(source.group) ?? false;
  const isKnown = isGuest || (delegation?.sources.includes(source.group) ?? false);
  const isCalm = failures.hasAny(source.group);
  if (!isKnown) {
    if (!isCalm) return refuse('this network', failures.secondsToWait(source.group));
    if (named && !namedFailures.hasAny(named)) {
      return isDirect ? refuse('this account', namedFailures.secondsToWait(named)) : refuseUnproven(named);
    }
  }
  const isProven = source.connection !== undefined && proven.has(source.connection);
  const lane = isProven || (isKnown && isCalm) ? 'first' : 'second';
  try {
    const answer = await work(lane);
    // No block is known, so nobody's beats can be taken.
    if (areBeats && answer.code === 'BUSY') alive?.refuse();
    if (isRefusal(answer) && answer.suspect) {
      note(answer.code === 'BAD_SIGNATURE');
      if (source.connection) proven.delete(source.connection);
    }
    return answer;
  } catch (thrown) {
    // A bug, which a stranger may have found on purpose.
    if (!isPassing(thrown)) note(false);
    // A stranger may fill what strangers wait in: that must not make an observer blind, for who is down would have it so.
    if (areBeats && (isKnown || isProven) && !thrownByBus.has(Object(thrown))) alive?.refuse();
    throw thrown;
  }

  function note(isForged: boolean): void {
    if (!isKnown || isForged) failures.take(source.group);
    if (!isKnown && named) namedFailures.take(named);
    if (isGuest && isForged) forgetSource(delegation?.guests ?? [], source.group);
  }
}

function isPassing(thrown: unknown): boolean {
  return thrown instanceof BusyError || thrown instanceof CommitLostError || isOutage(thrown);
}

/** The signature of its key was good. */
export function trust({ proven }: GatewayContext, source: Source, delegation?: KnownDelegation): void {
  if (source.connection) proven.add(source.connection);
  if (delegation) rememberSource(delegation.sources, source.group);
}

/** Its grant was good, which others may have seen. */
export function welcome(source: Source, delegation: KnownDelegation): void {
  rememberSource(delegation.guests, source.group);
}

/**
 * Before the nodes of a request are looked up, hashed, and its signature is recovered, which anybody can have done who has
 * seen it once: so much of it each address group may ask for.
 */
export function chargeSource({ requests }: GatewayContext, { group }: Source, nodes: number): Refusal | undefined {
  if (!requests.hasAny(group)) {
    const retryAfterSeconds = requests.secondsToWait(group);
    return {
      ...{ code: 'RATE_LIMITED', retryAfterSeconds },
      message: `Expected fewer requests that name nodes from this network, got too many of late: wait ${retryAfterSeconds} s, then send again.`,
    };
  }
  requests.take(group, SIGNATURE_COST + nodes);
  return undefined;
}

/** Recovering one signature takes as long as this many nodes. */
const SIGNATURE_COST = 10;

function refuse(whose: string, retryAfterSeconds: number): Refusal {
  return {
    code: 'RATE_LIMITED',
    message: `Expected fewer failures from ${whose}, got too many of late: correct what was refused, wait ${retryAfterSeconds} s, then send again.`,
    retryAfterSeconds,
  };
}

function refuseUnproven(named: string): Refusal {
  return {
    code: 'UNKNOWN_SESSION',
    message: `Expected a sender that this gateway has seen with session ${named}, for of late others failed in its name, got a new one: open it again by POST /v1/sessions from here, then send again.`,
  };
}

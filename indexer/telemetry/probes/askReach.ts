import { GuardedHttpError, type GuardedHttpReason } from '../../../schema/lib/guardedHttp/GuardedHttpError.js';
import type { Asked, Outcome } from './askTarget.js';
import type { ReachProbe } from './Probe.js';

/**
 * Asks whether anybody is there, and how long that took, name and all. Of what came to nothing it tells apart who answered
 * that he cannot, who did not answer, whom we do not ask, and what is the fault of this machine.
 */
export async function askReach(probe: ReachProbe, asked: Asked): Promise<Outcome> {
  const { base, runtime } = asked;
  const at = runtime.wallTime();
  const since = runtime.now();
  try {
    await ask(probe, asked);
    const latencyUs = Math.min(Math.max(0, Math.round((runtime.now() - since) * 1_000)), MAX_INTEGER);
    return { kind: 'reached', reach: { at, isAnswered: true, latencyUs } };
  } catch (thrown) {
    if (!(thrown instanceof GuardedHttpError)) throw thrown;
    const { reason, isOurs } = thrown;
    const flaw = { reason, text: thrown.message };
    if (reason === 'aborted') return { kind: 'aborted' };
    if (isOurs) return { kind: 'unasked', flaw };
    if (unasked.has(reason)) return { kind: 'failed', flaw };
    return { kind: 'failed', flaw, reach: { at, isAnswered: answers.has(reason), latencyUs: null } };
  }

  async function ask({ question, deadlineMs }: ReachProbe, { http, signal }: Asked): Promise<void> {
    if (question.kind === 'connection') return void (await http.connect(base, { deadlineMs, signal }));
    await http.head(question.toUrl(base), { deadlineMs, signal }).catch((thrown: unknown) => {
      const status = thrown instanceof GuardedHttpError ? thrown.status : undefined;
      if (status === undefined || !question.isReached(status)) throw thrown;
    });
  }
}

/** We do not ask there, whatever serves: it is no evidence of anybody's absence. */
const unasked: ReadonlySet<GuardedHttpReason> = new Set(['badUrl', 'blockedAddress']);
/** Somebody said something. */
const answers: ReadonlySet<GuardedHttpReason> = new Set([
  ...(['badStatus', 'badContentType', 'badAnswer', 'tooLarge', 'badRedirect', 'tooManyRedirects'] as const),
]);
/** Of the column. */
const MAX_INTEGER = 2 ** 31 - 1;

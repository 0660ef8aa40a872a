import { GuardedHttpError } from './GuardedHttpError.js';

export interface Watch {
  /** Aborted at the deadline, or when the caller gives up. */
  readonly signal: AbortSignal;
  /** Why it was aborted, if it was: what a broken request throws is only the consequence. */
  reason(): GuardedHttpError | undefined;
  stop(): void;
}

/** A timer that is held by a reference: one of AbortSignal.timeout may be collected when only AbortSignal.any has it. */
export function watchDeadline(deadlineMs: number, signal: AbortSignal | undefined): Watch {
  const controller = new AbortController();
  let reason: GuardedHttpError | undefined;
  const end = (error: GuardedHttpError) => {
    reason ??= error;
    controller.abort(reason);
  };
  const giveUp = () => end(new GuardedHttpError('aborted', 'Gave up the request.'));
  const timer = setTimeout(
    () => end(new GuardedHttpError('timeout', `Expected a whole answer within ${deadlineMs} ms, got none.`)),
    deadlineMs,
  );
  if (signal?.aborted) giveUp();
  signal?.addEventListener('abort', giveUp, { once: true });
  return {
    signal: controller.signal,
    reason: () => reason,
    stop() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
    },
  };
}

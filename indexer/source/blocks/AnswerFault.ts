import { RetryableError } from '../../../schema/lib/errors.js';
import { type RefusalReason, refusalReasons } from '../verification/verdict.js';

/** An endpoint answered what cannot be right; another one is asked. */
export class AnswerFault extends RetryableError {
  constructor(
    readonly reason: AnswerFaultReason,
    readonly detail: string,
  ) {
    super(`${answerFaultReasons[reason]}: ${detail}`);
  }
}

export type AnswerFaultReason = keyof typeof answerFaultReasons;

/** Every reason, in words that continue "refused because". */
export const answerFaultReasons = {
  ...refusalReasons,
  outsideRange: 'a log is of no block that was asked for',
  conflict: 'one log index of a block is given to two different logs',
  inconsistent: 'parts of the answer are of two histories',
  silentCap: 'logs were left out beyond a round number of them',
} as const satisfies Readonly<Record<RefusalReason, string>> & Readonly<Record<string, string>>;

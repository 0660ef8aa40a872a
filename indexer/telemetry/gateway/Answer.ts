import type { BatchAnswer, BatchCounts, VerdictCode } from '../../../schema/heartbeat/verdicts.js';
import { verdicts } from '../../../schema/heartbeat/verdicts.js';

/** What is answered, before it is put into HTTP. */
export type Answer = Accepted | Refusal;

export interface Accepted {
  readonly code: VerdictCode;
  /** Besides `code` and `serverTime`. */
  readonly body: Omit<BatchAnswer, 'code' | 'serverTime'> | Readonly<Record<string, unknown>>;
}

export interface Refusal {
  readonly code: VerdictCode;
  /** What was expected, what came, what to do. */
  readonly message: string;
  readonly counts?: BatchCounts;
  /** Where another block is to be named. */
  readonly beacon?: string;
  readonly retryAfterSeconds?: number;
  /** Where it is not the code's own. */
  readonly status?: number;
  /** A sender that is not who it says it is, as far as one can tell: it counts against where it came from. */
  readonly suspect?: true;
}

export function isRefusal(value: object): value is Refusal {
  return 'code' in value && 'message' in value;
}

/** The answer as JSON, by which a sender knows how its clock stands. */
export function toText(answer: Answer, serverTime: number): string {
  const { code } = answer;
  if (!isRefusal(answer)) return JSON.stringify({ code, ...answer.body, serverTime });
  const { message, counts, beacon } = answer;
  return JSON.stringify({ code, next: verdicts[code].next, message, counts, beacon, serverTime });
}

export function toStatus(answer: Answer): number {
  return (isRefusal(answer) ? answer.status : undefined) ?? verdicts[answer.code].status;
}

import type { Hex } from '../lib/hex.js';
import { MAX_AGE_MS } from './slots.js';
import { type BatchAnswer, type ErrorAnswer, type NextStep, type VerdictCode, verdicts } from './verdicts.js';

/** What came back over HTTP. Header names in lower case. */
export interface PostAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** An answer with what it asks for. */
export interface Step {
  readonly next: NextStep;
  /** Of the gateway; undefined where something before it answered, such as a proxy. */
  readonly code?: VerdictCode;
  /** One sentence for the operator. */
  readonly message: string;
  readonly beacon?: Hex;
  readonly serverTime?: number;
  /** As `Retry-After` said. */
  readonly waitMs?: number;
  /** The body, where the gateway took the batch. */
  readonly taken?: BatchAnswer;
}

/**
 * What to do next, as Prometheus remote write has it: what the gateway's code says, else 5xx and 429 are sent again and other
 * 4xx are not. A 2xx without a known body is no acknowledgement: a captive portal answers so.
 */
export function toStep({ status, headers, body }: PostAnswer, wallMs: number): Step {
  const given = parseBody(body);
  const code = toCode(given?.code);
  const next = code ? verdicts[code].next : (toNext(given?.next) ?? toNextByStatus(status));
  const said = typeof given?.message === 'string' ? given.message : undefined;
  const isTaken = next === 'done' && status < 300 && code !== undefined;
  return {
    next: next === 'done' && !isTaken ? 'retry' : next,
    code,
    message: said ?? (code ? `the gateway answered ${code}` : `HTTP ${status} without a word of a gateway`),
    beacon: isBeacon(given?.beacon) ? given.beacon : undefined,
    serverTime: typeof given?.serverTime === 'number' ? given.serverTime : undefined,
    waitMs: toWaitMs(headers['retry-after'], wallMs),
    taken: isTaken ? (given as unknown as BatchAnswer) : undefined,
  };
}

const FIRST_WAIT_MS = 30;
const MAX_WAIT_MS = 5_000;

/** Before the attempt after `failures` in a row (from 1): 30 ms doubled up to 5 s, up to half of it taken off by chance. */
export function toBackoffMs(failures: number, random: number): number {
  return Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1)) * (1 - random / 2);
}

/** Seconds or a date (RFC 9110, 10.2.3). Longer than the window makes no sense: all that waits would be stale by then. */
function toWaitMs(value: string | string[] | undefined, wallMs: number): number | undefined {
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1_000 : Date.parse(value) - wallMs;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), MAX_AGE_MS) : undefined;
}

type Given = Readonly<Partial<Record<keyof ErrorAnswer | keyof BatchAnswer, unknown>>>;

function parseBody(body: string): Given | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function toCode(value: unknown): VerdictCode | undefined {
  return typeof value === 'string' && Object.hasOwn(verdicts, value) ? (value as VerdictCode) : undefined;
}

function toNext(value: unknown): NextStep | undefined {
  return steps.find((step) => step === value);
}

const steps: readonly NextStep[] = ['done', 'drop', 'resign', 'reopen', 'retry'];

function toNextByStatus(status: number): NextStep {
  return status === 429 || status === 408 || status >= 500 || status < 300 ? 'retry' : 'drop';
}

function isBeacon(value: unknown): value is Hex {
  return typeof value === 'string' && /^0x[0-9a-f]{64}$/.test(value);
}

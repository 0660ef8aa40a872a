import type { GuardedHttp } from '../../../schema/lib/guardedHttp/createGuardedHttp.js';
import { GuardedHttpError } from '../../../schema/lib/guardedHttp/GuardedHttpError.js';
import type { Runtime } from '../../lib/runtime.js';
import { AnswerError } from './answers.js';
import { askReach } from './askReach.js';
import type { JsonQuestion, ProbedPrice, ProbedScore } from './Probe.js';
import type { Assignment } from './probes.js';
import type { Reach } from './reachStore.js';
import type { Flaw } from './targetStore.js';

export type Outcome =
  | {
      readonly kind: 'answered';
      readonly prices: readonly ProbedPrice[];
      readonly scores: readonly ProbedScore[];
      readonly refused: number;
      readonly flaw?: Flaw;
    }
  | { readonly kind: 'reached'; readonly reach: Reach }
  /** `reach` where it was asked whether it is there: what is no URL, or none of ours to ask, was not asked. */
  | { readonly kind: 'failed'; readonly flaw: Flaw; readonly reach?: Reach }
  /** This machine could not ask: it says nothing of the target. */
  | { readonly kind: 'unasked'; readonly flaw: Flaw }
  /** The process ends: no more does that. */
  | { readonly kind: 'aborted' };

export interface Asked {
  readonly http: GuardedHttp;
  readonly assignment: Assignment;
  readonly target: string;
  readonly base: string;
  readonly runtime: Pick<Runtime, 'now' | 'wallTime'>;
  readonly signal: AbortSignal;
}

/** Asks one target, page after page, and reads what it says. Whatever a stranger does is an outcome, none is thrown. */
export async function askTarget(asked: Asked): Promise<Outcome> {
  const { probe } = asked.assignment;
  if (probe.kind === 'reach') return askReach(probe, asked);
  try {
    const { pages, isWhole } = await getPages(probe, asked);
    const { prices, scores, refused } =
      probe.kind === 'prices'
        ? { scores: [], ...probe.parse(pages) }
        : { prices: [], ...probe.parse(pages, asked.target) };
    if (prices.length + scores.length === 0 && refused > 0) {
      const text = `Expected ${probe.kind}, got ${refused} entries that make no sense.`;
      return { kind: 'failed', flaw: { reason: 'badAnswer', text } };
    }
    const flaw = toFlaw({ refused, isWhole, maxPages: probe.maxPages ?? 1 });
    return { kind: 'answered', prices, scores, refused, ...(flaw ? { flaw } : {}) };
  } catch (thrown) {
    if (thrown instanceof AnswerError) {
      return { kind: 'failed', flaw: { reason: 'badAnswer', text: thrown.message } };
    }
    if (!(thrown instanceof GuardedHttpError)) throw thrown;
    if (thrown.reason === 'aborted') return { kind: 'aborted' };
    return { kind: thrown.isOurs ? 'unasked' : 'failed', flaw: { reason: thrown.reason, text: thrown.message } };
  }
}

async function getPages(probe: JsonQuestion, { http, assignment, target, base, signal }: Asked) {
  const { chainId } = assignment.network.definition;
  const pages: unknown[] = [];
  for (let index = 0; index < (probe.maxPages ?? 1); index += 1) {
    const url = probe.toUrl(base, { chainId, index, target });
    const page = await http.getJson(url, { deadlineMs: probe.deadlineMs, maxBytes: probe.maxBytes, signal });
    pages.push(page);
    if (!probe.hasMore?.(page)) return { pages, isWhole: true };
  }
  return { pages, isWhole: probe.hasMore === undefined };
}

function toFlaw(found: { refused: number; isWhole: boolean; maxPages: number }): Flaw | undefined {
  const { refused, isWhole, maxPages } = found;
  if (!isWhole)
    return { reason: 'truncated', text: `Expected at most ${maxPages} pages, got more: the rest is unread.` };
  if (refused === 0) return undefined;
  return {
    reason: 'badEntries',
    text: `Expected entries that make sense, got ${refused} that do not: they are left out.`,
  };
}

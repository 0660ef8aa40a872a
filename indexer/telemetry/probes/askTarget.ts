import type { GuardedHttp } from '../../../schema/lib/guardedHttp/createGuardedHttp.js';
import { GuardedHttpError } from '../../../schema/lib/guardedHttp/GuardedHttpError.js';
import { AnswerError } from './answers.js';
import type { ProbedPrice } from './Probe.js';
import type { Assignment } from './probes.js';
import type { Flaw } from './targetStore.js';

export type Outcome =
  | {
      readonly kind: 'answered';
      readonly prices: readonly ProbedPrice[];
      readonly refused: number;
      readonly flaw?: Flaw;
    }
  | { readonly kind: 'failed'; readonly flaw: Flaw }
  /** The process ends: it says nothing of the target. */
  | { readonly kind: 'aborted' };

/** Asks one target, page after page, and reads what it says. Whatever a stranger does is an outcome, none is thrown. */
export async function askTarget(asked: {
  readonly http: GuardedHttp;
  readonly assignment: Assignment;
  readonly base: string;
  readonly signal: AbortSignal;
}): Promise<Outcome> {
  const { probe } = asked.assignment;
  try {
    const { pages, isWhole } = await getPages(asked);
    const { prices, refused } = probe.parse(pages);
    if (prices.length === 0 && refused > 0) {
      return toFailed('badAnswer', `Expected prices, got ${refused} entries that make no sense.`);
    }
    const flaw = toFlaw({ refused, prices: prices.length, isWhole, maxPages: probe.maxPages ?? 1 });
    return { kind: 'answered', prices, refused, ...(flaw ? { flaw } : {}) };
  } catch (thrown) {
    if (thrown instanceof AnswerError) return toFailed('badAnswer', thrown.message);
    if (!(thrown instanceof GuardedHttpError)) throw thrown;
    return thrown.reason === 'aborted' ? { kind: 'aborted' } : toFailed(thrown.reason, thrown.message);
  }
}

async function getPages({ http, assignment, base, signal }: Parameters<typeof askTarget>[0]) {
  const { probe, network } = assignment;
  const { chainId } = network.definition;
  const pages: unknown[] = [];
  for (let index = 0; index < (probe.maxPages ?? 1); index += 1) {
    const url = probe.toUrl(base, { chainId, index });
    const page = await http.getJson(url, { deadlineMs: probe.deadlineMs, maxBytes: probe.maxBytes, signal });
    pages.push(page);
    if (!probe.hasMore?.(page)) return { pages, isWhole: true };
  }
  return { pages, isWhole: probe.hasMore === undefined };
}

function toFlaw(found: { refused: number; prices: number; isWhole: boolean; maxPages: number }): Flaw | undefined {
  const { refused, isWhole, maxPages } = found;
  if (!isWhole)
    return { reason: 'truncated', text: `Expected at most ${maxPages} pages, got more: the rest is unread.` };
  if (refused === 0) return undefined;
  return {
    reason: 'badEntries',
    text: `Expected entries that make sense, got ${refused} that do not: they are left out.`,
  };
}

function toFailed(reason: string, text: string): Outcome {
  return { kind: 'failed', flaw: { reason, text } };
}

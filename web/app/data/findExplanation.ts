import type { AppLoadContext } from '@remix-run/node';
import type { ResultOf } from 'gql.tada';
import type { ScoreExplanation } from '../components/ScoreChanges.js';
import { toScoreChanges } from '../toScoreChanges.js';
import { query } from './ask.js';
import { toText } from './graphql.js';
import { explanationQuery } from './metricQueries.js';

const WEEK_MS = 7 * 86_400_000;
const MOST = 8;

interface StoredScore {
  readonly at: string;
  readonly score: string | null;
}

/**
 * Why a provider's reputation, the first of its scores, is another one than a week before, or than its first one where that is later.
 * Null where there is none to compare with, where the API explains none, where it would take too much reading, or is of another score
 * than is shown, which is being made again: the page does without.
 */
export async function findExplanation(
  context: AppLoadContext,
  { provider, scores }: { readonly provider: string; readonly scores: readonly StoredScore[] },
): Promise<ScoreExplanation | null> {
  const [score, ...earlier] = scores;
  const from = score && findStart(earlier, score.at);
  if (!score || !from) return null;
  const variables = { provider, from, to: score.at };
  const answer = await query(context, { query: toText(explanationQuery), variables }).catch((error: unknown) => {
    context.report(error);
    return null;
  });
  for (const { message, extensions } of answer?.errors ?? [])
    if (extensions?.code !== 'BAD_USER_INPUT') context.report(new Error(message));
  const told = (answer?.data as ResultOf<typeof explanationQuery> | undefined)?.scoreExplanation;
  if (!told || told.before === null || told.after === null || told.points === null) return null;
  if (told.after !== score.score) return null;
  const { before, after, points, causes } = told;
  return { from: told.from, to: told.to, before, after, points, ...toScoreChanges(causes, points, MOST) };
}

/** The last score that is a week old, or the first one. */
function findStart(earlier: readonly StoredScore[], at: string): string | undefined {
  const known = earlier.filter(({ score }) => score !== null);
  const old = known.find((one) => Date.parse(one.at) <= Date.parse(at) - WEEK_MS);
  return (old ?? known.at(-1))?.at;
}

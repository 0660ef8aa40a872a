import type { AppLoadContext } from '@remix-run/node';
import { ask } from './ask.js';
import { chainsQuery } from './chainQueries.js';

/** How far the data has come, with a mark that changes whenever a page may have something new to show. */
export async function readPosition(context: AppLoadContext) {
  const { _meta: meta } = await ask(context, chainsQuery, {});
  const chains = meta?.chains ?? [];
  const marks = chains.map(({ id, phase, stale, headNumber, block }) => [id, phase, stale, headNumber, block?.hash]);
  return { version: meta?.version, hasIndexingErrors: meta?.hasIndexingErrors ?? false, chains, mark: marks.join() };
}

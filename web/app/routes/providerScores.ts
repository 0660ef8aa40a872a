import type { LoaderFunctionArgs } from '@remix-run/node';
import { ask } from '../data/ask.js';
import { findFileHead } from '../data/findFileHead.js';
import { providerScoresQuery } from '../data/providerQueries.js';
import { parseId } from '../listState.js';
import { toCsv } from '../toCsv.js';
import { toCsvResponse } from '../toCsvResponse.js';

/** A provider's reputation by day, as its page draws it. */
export async function loader({ context, params }: LoaderFunctionArgs) {
  const id = parseId(params.id);
  if (!id) throw new Response(null, { status: 404 });
  const [{ provider }, head] = await Promise.all([ask(context, providerScoresQuery, { id }), findFileHead(context)]);
  if (!provider) throw new Response(null, { status: 404 });
  const csv = toCsv([
    ['title', 'Reputation by day'],
    [
      'definition',
      'The score of each midnight and the newest one; empty where nothing was recorded that it could be made of',
    ],
    ['unit', 'points of 100'],
    ['subject', id],
    ...head,
    [],
    ['at', 'points'],
    ...provider.scoreHistory.map(({ at, score }) => [at, score]),
  ]);
  return toCsvResponse(`score-${id}`, csv);
}

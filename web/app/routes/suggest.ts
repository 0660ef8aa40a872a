import type { LoaderFunctionArgs } from '@remix-run/node';
import { findHits } from '../data/findHits.js';
import { readSearch } from '../readSearch.js';

const MAX_SUGGESTIONS = 6;

/** What the search box offers while somebody types. */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const { text, refusal } = readSearch(new URL(request.url).searchParams.get('q') ?? '');
  const hits = text === '' || refusal ? [] : await findHits(context, text, MAX_SUGGESTIONS);
  const suggestions = hits.filter(({ path }) => path !== null);
  return Response.json(suggestions, { headers: { 'cache-control': 'private, max-age=10' } });
}

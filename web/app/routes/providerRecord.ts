import type { LoaderFunctionArgs } from '@remix-run/node';
import { ask } from '../data/ask.js';
import { providerRecordQuery } from '../data/providerQueries.js';
import { parseId } from '../listState.js';

/** A provider as the API gives it, for programs: texts are as they are stored, whoever shows them cleans them. */
export async function loader({ context, params }: LoaderFunctionArgs) {
  const id = parseId(params.id);
  const { provider } = id ? await ask(context, providerRecordQuery, { id }) : { provider: null };
  if (!provider) throw new Response(null, { status: 404 });
  return new Response(`${JSON.stringify(provider, null, 2)}\n`, {
    headers: { 'content-type': 'application/json; charset=utf-8', 'x-content-type-options': 'nosniff' },
  });
}

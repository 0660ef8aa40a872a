import type { LoaderFunctionArgs } from '@remix-run/node';
import { ask } from '../data/ask.js';
import { findFileHead } from '../data/findFileHead.js';
import { providerDaysQuery } from '../data/providerQueries.js';
import { parseId } from '../listState.js';
import { toUptimeCsv } from '../toUptimeCsv.js';

/** A provider's uptime by day, as its page draws it. */
export async function loader({ context, params }: LoaderFunctionArgs) {
  const id = parseId(params.id);
  if (!id) throw new Response(null, { status: 404 });
  const [{ provider }, head] = await Promise.all([ask(context, providerDaysQuery, { id }), findFileHead(context)]);
  if (!provider) throw new Response(null, { status: 404 });
  return toUptimeCsv(id, provider.uptimeByDay, head);
}

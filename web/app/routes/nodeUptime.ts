import type { LoaderFunctionArgs } from '@remix-run/node';
import { ask } from '../data/ask.js';
import { findFileHead } from '../data/findFileHead.js';
import { nodeDaysQuery } from '../data/nodeQueries.js';
import { parseId } from '../listState.js';
import { toUptimeCsv } from '../toUptimeCsv.js';

/** A node's uptime by day, as its page draws it. */
export async function loader({ context, params }: LoaderFunctionArgs) {
  const id = parseId(params.id);
  if (!id) throw new Response(null, { status: 404 });
  const [{ node }, head] = await Promise.all([ask(context, nodeDaysQuery, { id }), findFileHead(context)]);
  if (!node) throw new Response(null, { status: 404 });
  return toUptimeCsv(id, node.uptimeByDay, head);
}

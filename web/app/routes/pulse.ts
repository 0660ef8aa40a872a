import type { LoaderFunctionArgs } from '@remix-run/node';
import { readPosition } from '../data/readPosition.js';

/** How far the data has come, for pages that are open: small enough to ask every few seconds. */
export async function loader({ context }: LoaderFunctionArgs) {
  const { mark } = await readPosition(context);
  return Response.json({ now: new Date().toISOString(), mark }, { headers: { 'cache-control': 'no-store' } });
}

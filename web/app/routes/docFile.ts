import type { LoaderFunctionArgs } from '@remix-run/node';

/** A file that documents link to, such as the vectors that senders of heartbeats test with; all of them are JSON. */
export function loader({ context, params }: LoaderFunctionArgs) {
  const content = context.docs.findFile(params['*'] ?? '');
  if (!content) throw new Response(null, { status: 404 });
  return new Response(new Uint8Array(content), { headers: { 'content-type': 'application/json; charset=utf-8' } });
}

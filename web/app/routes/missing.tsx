import type { MetaFunction } from '@remix-run/node';

export const meta: MetaFunction = () => [{ title: 'Not found · Computescan' }];

export function loader() {
  throw new Response(null, { status: 404 });
}

export default function Missing() {
  return null;
}

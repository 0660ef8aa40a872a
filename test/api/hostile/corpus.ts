import { bodies } from './bodies.js';
import type { HostileRequest } from './HostileRequest.js';
import { shapes } from './shapes.js';
import { values } from './values.js';

/** faults.md, B2: each is answered at once, by what is wrong with it, and harms nobody else. */
export const corpus: readonly HostileRequest[] = [...shapes, ...values, ...bodies];

export function send(url: string, request: HostileRequest): Promise<Response> {
  const { method = 'POST', path = '/graphql', headers = { 'content-type': 'application/json' }, body } = request;
  return fetch(url + path, method === 'GET' ? { headers } : { method, headers, body });
}

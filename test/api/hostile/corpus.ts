import { bodies } from './bodies.js';
import type { HostileRequest } from './HostileRequest.js';
import { shapes } from './shapes.js';
import { values } from './values.js';

/** faults.md, B2: each is answered at once, by what is wrong with it, and harms nobody else. */
export const corpus: readonly HostileRequest[] = [...shapes, ...values, ...bodies];

/** Null: the server has cut off a body that is longer than any it reads, before all of it was sent. */
export async function send(url: string, request: HostileRequest): Promise<Response | null> {
  const { method = 'POST', path = '/graphql', headers = { 'content-type': 'application/json' }, body } = request;
  const sent = fetch(url + path, method === 'GET' ? { headers } : { method, headers, body });
  return sent.catch((thrown: unknown) => {
    if ((body?.length ?? 0) > LONGEST_BODY) return null;
    throw thrown;
  });
}

/** contracts.md, query budgets. */
const LONGEST_BODY = 100 * 1_024;

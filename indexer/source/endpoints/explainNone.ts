import { RetryableError, UserError } from '../../../schema/lib/errors.js';
import type { Wish } from './createAssigner.js';
import type { Endpoint } from './Endpoint.js';

/**
 * Why nobody can be asked. Where every endpoint that ever answered serves another chain, it is the user who can mend it;
 * one that did serve this chain may do so again.
 */
export function explainNone(endpoints: readonly Endpoint[], wish: Wish, chainId: number): Error {
  const answered = endpoints.filter(({ servedChain }) => servedChain !== undefined);
  const [first] = answered;
  if (first && !answered.some((endpoint) => endpoint.hasServedRightly)) {
    const names = answered.map(({ name }) => name).join(', ');
    return new UserError(`Expected chain ${chainId} at ${names}, got chain ${first.servedChain}. Correct RPC_URLS.`);
  }
  const asked = endpoints.filter(({ name }) => wish.only === undefined || name === wish.only);
  return new RetryableError(`No endpoint can be asked: ${asked.map((one) => describe(one, wish)).join('; ')}.`);
}

function describe(endpoint: Endpoint, wish: Wish): string {
  const { name, lastFailure } = endpoint;
  const { state, setAsideUntil, lastFault } = endpoint.toScore();
  if (state === 'setAside') {
    return `${name} is set aside until ${setAsideUntil?.toISOString()} (${lastFault?.reason}: ${lastFault?.detail})`;
  }
  if (wish.avoid?.has(name)) return `${name} is to be avoided`;
  if (state === 'resting') return `${name} rests for ${Math.ceil(endpoint.restMs / 1_000)} s (${lastFailure})`;
  if (wish.failures.has(endpoint)) return `${name} failed (${lastFailure})`;
  return `${name} has another role`;
}

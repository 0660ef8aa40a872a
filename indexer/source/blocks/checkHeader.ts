import type { VerificationPolicy } from '../verification/chainRules.js';
import { type Identity, type SoundHeader, verifyHeader } from '../verification/verifyHeader.js';
import { EndpointFailure } from './askEndpoints.js';
import { noteLimit, type SourceContext } from './SourceContext.js';

/** A header that was looked at, as strictly as the policy says or this version can. */
export interface CheckedHeader {
  readonly sound: SoundHeader;
  readonly policy: VerificationPolicy;
  /** Tells beforehand how long the receipts will be. */
  readonly gasUsed: number;
  readonly endpoint: string;
}

/** Throws EndpointFailure where the endpoint is to blame. */
export function checkHeader(
  context: SourceContext,
  answer: unknown,
  options: Identity & { readonly endpoint: string; readonly policy: VerificationPolicy },
): CheckedHeader {
  const { endpoint, policy } = options;
  const sound = verifyHeader(answer, options);
  if (sound.kind === 'sound') return { sound, policy, gasUsed: readGas(answer), endpoint };
  if (sound.limit === undefined) throw new EndpointFailure(endpoint, sound.detail, { blame: sound.reason });
  noteLimit(context, sound.limit);
  return checkHeader(context, answer, { ...options, policy: 'off' });
}

/** A number of no consequence. */
function readGas(answer: unknown): number {
  const gas = Number((answer as { readonly gasUsed?: unknown }).gasUsed);
  return Number.isFinite(gas) ? gas : 0;
}

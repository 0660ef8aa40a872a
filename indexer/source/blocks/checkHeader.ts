import type { VerificationPolicy } from '../verification/chainRules.js';
import { type Identity, type SoundHeader, verifyHeader } from '../verification/verifyHeader.js';
import { EndpointFailure } from './askEndpoints.js';
import { noteLimit, type SourceContext } from './SourceContext.js';

/** A header that was looked at, as strictly as the policy says or this version can. */
export interface CheckedHeader {
  readonly sound: SoundHeader;
  readonly policy: VerificationPolicy;
  /** As it was answered: it also tells the gas and the transactions. */
  readonly answer: Readonly<Record<string, unknown>>;
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
  if (sound.kind === 'sound') return { sound, policy, answer: answer as CheckedHeader['answer'], endpoint };
  if (sound.limit === undefined) throw new EndpointFailure(endpoint, sound.detail, { blame: sound.reason });
  noteLimit(context, sound.limit);
  return checkHeader(context, answer, { ...options, policy: 'off' });
}

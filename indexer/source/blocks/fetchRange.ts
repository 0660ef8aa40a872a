import type { RangeAnswer, RangeRequest } from '../ChainSource.js';
import { askEndpoints, EndpointFailure } from './askEndpoints.js';
import { fetchPlainRange } from './fetchPlainRange.js';
import { fetchVerifiedRange } from './fetchVerifiedRange.js';
import { toRefusal } from './refuseRange.js';
import type { SourceContext } from './SourceContext.js';

/** A range of the past, by the policy of its first block, which is never stricter than that of a later one. */
export async function fetchRange(context: SourceContext, request: RangeRequest): Promise<RangeAnswer> {
  const policy = context.toPolicy(request.from, false);
  for (;;) {
    try {
      return await askEndpoints(context, 'sync', (avoid) =>
        policy === 'off'
          ? fetchPlainRange(context, request, avoid)
          : fetchVerifiedRange(context, { ...request, policy }, avoid),
      );
    } catch (thrown) {
      if (isOfAddresses(thrown) && halveAddresses(context, request)) continue;
      const refusal = request.signal?.aborted ? undefined : toRefusal(thrown, request);
      if (refusal) return refusal;
      throw thrown;
    }
  }
}

function isOfAddresses(thrown: unknown): boolean {
  return thrown instanceof EndpointFailure && thrown.options.nodeError?.kind === 'tooManyAddresses';
}

function halveAddresses({ learned }: SourceContext, { filter }: RangeRequest): boolean {
  const now = Math.min(learned.maxAddresses, filter.addresses.length);
  if (now <= 1) return false;
  learned.maxAddresses = Math.ceil(now / 2);
  return true;
}

import type { ThrottleStatus } from './Throttle.js';

/** What a client has left, as draft-ietf-httpapi-ratelimit-headers words it: `t` is when all of it is restored, in seconds. */
export function toThrottleHeaders({ maximumAvailable, currentlyAvailable, restoreRate }: ThrottleStatus) {
  const windowSeconds = Math.ceil(maximumAvailable / restoreRate);
  const fullSeconds = Math.ceil((maximumAvailable - currentlyAvailable) / restoreRate);
  return {
    'ratelimit-policy': `"points";q=${maximumAvailable};w=${windowSeconds}`,
    ratelimit: `"points";r=${currentlyAvailable};t=${fullSeconds}`,
  };
}

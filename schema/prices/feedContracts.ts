/**
 * The contracts of a price feed as the indexer sees them: roles and events beside those of any protocol. Signatures:
 * smartcontractkit/chainlink `contracts/src/v0.7/dev/AggregatorProxy.sol` and `AggregatorInterface.sol`. Proxies up to
 * v0.6 (EACAggregatorProxy) emit nothing at a change of phase (smartcontractkit/chainlink#3853): they are asked.
 */

export const FEED_PROXY_ROLE = 'priceFeedProxy';

export const AGGREGATOR_CONFIRMED = 'event AggregatorConfirmed(address indexed previous, address indexed latest)';
export const ANSWER_UPDATED = 'event AnswerUpdated(int256 indexed current, uint256 indexed roundId, uint256 updatedAt)';

/** Functions of a proxy and of an aggregator. */
export const phaseId = 'function phaseId() view returns (uint16)';
export const phaseAggregators = 'function phaseAggregators(uint16 phaseId) view returns (address)';
export const decimals = 'function decimals() view returns (uint8)';

/** An aggregator's role names its feed, and the phase where it is known: `priceFeed:<proxy>:<phase>`. */
export function toFeedRole(feedId: string, phase: number | undefined): string {
  return `${AGGREGATOR_PREFIX}${feedId}:${phase ?? ''}`;
}

export function findFeedOfRole(role: string): { readonly feedId: string; readonly phase?: number } | undefined {
  if (!role.startsWith(AGGREGATOR_PREFIX)) return undefined;
  const [feedId = '', phase = ''] = role.slice(AGGREGATOR_PREFIX.length).split(':');
  return phase === '' ? { feedId } : { feedId, phase: Number(phase) };
}

/** Of a feed's contracts no other events are wanted, unlike of a protocol's. */
export function listFeedEvents(role: string): readonly string[] | undefined {
  if (role === FEED_PROXY_ROLE) return [AGGREGATOR_CONFIRMED];
  return role.startsWith(AGGREGATOR_PREFIX) ? [ANSWER_UPDATED] : undefined;
}

/** Under which what was learned of a phase is kept among the contract reads: its aggregator and first block. */
export function toPhaseKey(feedId: string, phase: number): string {
  return `${PHASE_KEY_PREFIX}${feedId}:${phase}`;
}

export const PHASE_KEY_PREFIX = 'feedPhase:';

export function isFeedRole(role: string): boolean {
  return role === FEED_PROXY_ROLE || role.startsWith(AGGREGATOR_PREFIX);
}

const AGGREGATOR_PREFIX = 'priceFeed:';

/** A machine that a provider rents out, and the least it asks for it. */
export interface Offer {
  /** As the cloud calls it, such as `us-east-1`. */
  readonly region: string;
  readonly instance: string;
  /** Such as `amd64`. */
  readonly arch?: string;
  readonly cpu: number;
  readonly memoryMb: number;
  /** USD per second, 18 decimals. */
  readonly ratePerSecond: bigint;
}

export interface Spec {
  /** Each region, instance and architecture once, in the provider's order. */
  readonly offers: readonly Offer[];
  /** Cards that make no sense, stand there twice, or are too many. */
  readonly refusedCards: number;
}

/**
 * Reads the JSON that a provider's control plane gives at `/spec`: rate cards by region, alone or as `min_rates` beside
 * `allowed_regions`, outside of which nothing is for sale. The answer is the provider's own to make up: a card that is
 * wrong is counted and left out; throws only where there are no rate cards at all.
 */
export function parseSpec(answer: unknown): Spec {
  const regions = isRecord(answer) ? answer.min_rates : answer;
  if (!Array.isArray(regions)) throw new Error(`expected rate cards by region, got ${toKind(regions)}`);
  const allowed =
    isRecord(answer) && Array.isArray(answer.allowed_regions) ? new Set(answer.allowed_regions) : undefined;
  const offers = new Map<string, Offer>();
  let refusedCards = 0;
  for (const { region, card } of listCards(regions)) {
    if (allowed && !allowed.has(region)) continue;
    const offer = findOffer(region, card);
    const key = offer && [offer.region, offer.instance, offer.arch].join(' ');
    if (!key || offers.has(key) || offers.size === MAX_OFFERS) refusedCards += 1;
    else offers.set(key, offer);
  }
  return { offers: [...offers.values()], refusedCards };
}

/** The real operator has 4,489 cards. */
const MAX_OFFERS = 20_000;
const MAX_UINT256 = 2n ** 256n - 1n;
/** What an `integer` column holds. */
const MAX_COUNT = 2 ** 31 - 1;
const NAME = /^[A-Za-z0-9][\w.:-]{0,63}$/;

function* listCards(regions: readonly unknown[]): Generator<{ readonly region: unknown; readonly card: unknown }> {
  for (const entry of regions) {
    if (!isRecord(entry) || !Array.isArray(entry.rate_cards)) continue;
    for (const card of entry.rate_cards) yield { region: entry.region, card };
  }
}

function findOffer(region: unknown, card: unknown): Offer | undefined {
  if (!isRecord(card)) return undefined;
  const { instance, arch, cpu, memory: memoryMb } = card;
  const ratePerSecond = findRate(card.min_rate);
  if (!isName(region) || !isName(instance) || !isCount(cpu) || !isCount(memoryMb)) return undefined;
  if (ratePerSecond === undefined || (arch !== undefined && !isName(arch))) return undefined;
  return { region, instance, ...(arch === undefined ? {} : { arch }), cpu, memoryMb, ratePerSecond };
}

/** Only as decimal text: a JSON number of that size would not be exact. */
function findRate(text: unknown): bigint | undefined {
  if (typeof text !== 'string' || !/^\d{1,78}$/.test(text)) return undefined;
  const rate = BigInt(text);
  return rate <= MAX_UINT256 ? rate : undefined;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && NAME.test(value);
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) > 0 && Number(value) <= MAX_COUNT;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toKind(value: unknown): string {
  return value === null ? 'null' : typeof value;
}

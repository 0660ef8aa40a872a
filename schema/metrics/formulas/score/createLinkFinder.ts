import { linksProviders } from './linksProviders.js';
import type { AccountRecord, BuyerRecord, ProviderRecord } from './NetworkRecord.js';
import { compareText } from './orderOutcomes.js';
import { findPair, type Timeline } from './Timeline.js';
import { createUnionFind } from './unionFind.js';

/** By provider and pair: 1 where it holds; none where it holds for no pair of the provider. */
export type LinkedPairs = readonly (Uint8Array | undefined)[];

/**
 * Who belongs together as of a time, by accounts that both have. Only own acts link: what a third one does links it to two
 * others, and never these to each other. Two sums go by longer chains and are shown beside: operators, and the buyers of a payer.
 */
export interface Links {
  /** Whether buyer and provider have an account in common: their trades are no evidence. */
  readonly isLinked: LinkedPairs;
  /** The same with any provider of the operator. */
  readonly isLinkedToOperator: LinkedPairs;
  /** By provider: the provider that gives its operator the name, the longest known. */
  readonly operatorOf: Int32Array;
  /** Of operators with two providers or more. */
  readonly members: ReadonlyMap<number, Int32Array>;
  /** Providers with an account in common with this one. */
  readonly neighboursOf: (provider: number) => Int32Array;
  /** By buyer: the number of the buyers that share a payer with it. */
  readonly clusterOf: Int32Array;
  /** By provider, and by buyer: who is one actor where value goes round. */
  readonly actorOfProvider: Int32Array;
  readonly actorOfBuyer: Int32Array;
  readonly actors: number;
}

export interface LinkFinder {
  /** Whether it is ever linked to a provider. */
  readonly isLinkedBuyer: (buyer: number) => boolean;
  /** By what showed before `at`. */
  readonly findLinks: (at: number) => Links;
  /** The links that it found last, where they hold for another record too: of the same accounts, without a pair that is linked. */
  readonly findLast: (holders: string) => LastLinks | undefined;
}

interface LastLinks {
  readonly shown: number;
  readonly links: Links;
}

export interface LinkInput {
  readonly providers: readonly ProviderRecord[];
  readonly buyers: readonly string[];
  readonly buyerRecords: readonly BuyerRecord[];
  /** By provider. */
  readonly timelines: readonly Timeline[];
}

interface Holder {
  readonly index: number;
  readonly from: number;
}

interface ProviderHolder extends Holder {
  /** From when on the account links it to other providers. */
  readonly ownFrom: number;
}

interface Holders {
  readonly providers: ProviderHolder[];
  readonly buyers: Holder[];
}

interface BuyerLink {
  readonly buyer: number;
  readonly provider: number;
  readonly from: number;
}

/** `before`: that of an earlier state of the record, whose links are kept where they are the same. */
export function createLinkFinder(input: LinkInput, before?: LinkFinder): LinkFinder {
  const holders = [...toHolders(input).values()].filter(
    ({ providers, buyers }) => providers.length + buyers.length > 1,
  );
  const key = JSON.stringify([input.providers.map(({ id, bornAt }) => [id, bornAt]), input.buyers.length, holders]);
  const buyerLinks = toBuyerLinks(holders);
  const linkedBuyers = new Set(buyerLinks.map(({ buyer }) => buyer));
  const times = Float64Array.from(
    holders.flatMap((of) => [
      ...of.providers.flatMap(({ from, ownFrom }) => (ownFrom === from ? [from] : [from, ownFrom])),
      ...of.buyers.map(({ from }) => from),
    ]),
  ).sort();
  const seniority = toSeniority(input.providers);
  let last = before?.findLast(key);
  return {
    isLinkedBuyer: (buyer) => linkedBuyers.has(buyer),
    findLinks: (at) => {
      // Links change only when an account shows, so the time before is as good as this one.
      const shown = countBelow(times, at);
      if (last?.shown !== shown) last = { shown, links: toLinks(input, { holders, buyerLinks, seniority, at }) };
      return last.links;
    },
    findLast: (holdersKey) => (holdersKey === key && buyerLinks.length === 0 ? last : undefined),
  };
}

function toHolders({ providers, buyers, buyerRecords }: LinkInput): Map<string, Holders> {
  const all = new Map<string, Holders>();
  const holdersOf = (account: string) => {
    const holders = all.get(account) ?? { providers: [], buyers: [] };
    all.set(account, holders);
    return holders;
  };
  providers.forEach(({ accounts }, index) => {
    const own = toEarliest(accounts.filter(linksProviders));
    for (const [account, from] of toEarliest(accounts)) {
      holdersOf(account).providers.push({ index, from, ownFrom: own.get(account) ?? Number.POSITIVE_INFINITY });
    }
  });
  const accountsOf = new Map(buyerRecords.map(({ id, accounts }) => [id, accounts]));
  buyers.forEach((buyer, index) => {
    if (buyer === '') return;
    const accounts = [{ account: buyer, from: Number.NEGATIVE_INFINITY }, ...(accountsOf.get(buyer) ?? [])];
    for (const [account, from] of toEarliest(accounts)) holdersOf(account).buyers.push({ index, from });
  });
  return all;
}

function toEarliest(accounts: readonly Pick<AccountRecord, 'account' | 'from'>[]): Map<string, number> {
  const earliest = new Map<string, number>();
  for (const { account, from } of accounts) {
    earliest.set(account, Math.min(from, earliest.get(account) ?? Number.POSITIVE_INFINITY));
  }
  return earliest;
}

function toBuyerLinks(holders: readonly Holders[]): BuyerLink[] {
  return holders.flatMap(({ providers, buyers }) =>
    buyers.flatMap((buyer) =>
      providers.map((provider) => ({
        buyer: buyer.index,
        provider: provider.index,
        from: Math.max(buyer.from, provider.from),
      })),
    ),
  );
}

/** For each provider its rank: the longest known first. */
function toSeniority(providers: readonly ProviderRecord[]): Int32Array {
  const order = providers
    .map(({ id, bornAt }, index) => ({ id, bornAt, index }))
    .sort((one, other) => one.bornAt - other.bornAt || compareText(one.id, other.id));
  return Int32Array.from(order, ({ index }) => index);
}

function countBelow(sorted: Float64Array, at: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface LinkFacts {
  readonly holders: readonly Holders[];
  readonly buyerLinks: readonly BuyerLink[];
  /** Providers by age, the longest known first. */
  readonly seniority: Int32Array;
  readonly at: number;
}

function toLinks(input: LinkInput, { holders, buyerLinks, seniority, at }: LinkFacts): Links {
  const shown = holders.map((of) => ({
    providers: of.providers.filter(({ ownFrom }) => ownFrom < at).map(({ index }) => index),
    buyers: of.buyers.filter(({ from }) => from < at).map(({ index }) => index),
  }));
  const active = buyerLinks.filter(({ from }) => from < at);
  const { operatorOf, members } = toOperators(input.providers.length, { shown, seniority });
  const buyerSets = createUnionFind(input.buyers.length);
  for (const { buyers } of shown) for (const buyer of buyers) buyerSets.join(buyers[0] ?? buyer, buyer);
  return {
    ...toLinkedPairs(input.timelines, { active, operatorOf, members }),
    operatorOf,
    members,
    neighboursOf: createNeighbours(input.providers.length, shown),
    clusterOf: buyerSets.toSets(),
    ...toActors(input, active),
  };
}

interface Shown {
  readonly providers: readonly number[];
  readonly buyers: readonly number[];
}

function toOperators(
  count: number,
  { shown, seniority }: { readonly shown: readonly Shown[]; readonly seniority: Int32Array },
): Pick<Links, 'operatorOf' | 'members'> {
  const rankOf = new Int32Array(count);
  seniority.forEach((provider, rank) => {
    rankOf[provider] = rank;
  });
  const sets = createUnionFind(count);
  for (const { providers } of shown) {
    for (const provider of providers) sets.join(rankOf[providers[0] ?? provider] ?? 0, rankOf[provider] ?? 0);
  }
  const operatorOf = Int32Array.from(
    { length: count },
    (_, provider) => seniority[sets.find(rankOf[provider] ?? 0)] ?? 0,
  );
  const groups = new Map<number, number[]>();
  operatorOf.forEach((operator, provider) => {
    groups.set(operator, [...(groups.get(operator) ?? []), provider]);
  });
  const members = new Map<number, Int32Array>();
  for (const [operator, group] of groups) if (group.length > 1) members.set(operator, Int32Array.from(group));
  return { operatorOf, members };
}

function createNeighbours(count: number, shown: readonly Shown[]): (provider: number) => Int32Array {
  const groups: (readonly number[])[][] = Array.from({ length: count }, () => []);
  for (const { providers } of shown) {
    if (providers.length > 1) for (const provider of providers) groups[provider]?.push(providers);
  }
  return (provider) => {
    const found = new Set((groups[provider] ?? []).flat());
    found.delete(provider);
    return Int32Array.from(found).sort();
  };
}

function toLinkedPairs(
  timelines: readonly Timeline[],
  of: { readonly active: readonly BuyerLink[] } & Pick<Links, 'operatorOf' | 'members'>,
): Pick<Links, 'isLinked' | 'isLinkedToOperator'> {
  const isLinked: (Uint8Array | undefined)[] = [];
  const isLinkedToOperator: (Uint8Array | undefined)[] = [];
  for (const { buyer, provider } of of.active) {
    setPair(isLinked, timelines, { provider, buyer });
    const operator = of.operatorOf[provider] ?? provider;
    for (const member of of.members.get(operator) ?? [provider])
      setPair(isLinkedToOperator, timelines, { provider: member, buyer });
  }
  return { isLinked, isLinkedToOperator };
}

function setPair(
  linked: (Uint8Array | undefined)[],
  timelines: readonly Timeline[],
  { provider, buyer }: { readonly provider: number; readonly buyer: number },
): void {
  const timeline = timelines[provider];
  const pair = timeline === undefined ? -1 : findPair(timeline, buyer);
  if (timeline === undefined || pair === -1) return;
  const own = linked[provider] ?? new Uint8Array(timeline.pairs);
  own[pair] = 1;
  linked[provider] = own;
}

/** A provider and the buyers that are linked to it are one actor: what one of them pays, the other has earned. */
function toActors(
  { providers, buyers }: LinkInput,
  active: readonly BuyerLink[],
): Pick<Links, 'actorOfProvider' | 'actorOfBuyer' | 'actors'> {
  const actors = providers.length + buyers.length;
  const sets = createUnionFind(actors);
  for (const { buyer, provider } of active) sets.join(provider, providers.length + buyer);
  const all = sets.toSets();
  return { actorOfProvider: all.slice(0, providers.length), actorOfBuyer: all.slice(providers.length), actors };
}

import type { Hex } from '../../schema/lib/hex.js';
import { FEED_PROXY_ROLE, findFeedOfRole, isFeedRole, toFeedRole } from '../../schema/prices/feedContracts.js';
import { listFeeds, toFeedId } from '../../schema/prices/UsdSource.js';
import type { FactoryDefinition } from '../../schema/protocols/Manifest.js';
import type { Network } from '../../schema/protocols/protocols.js';
import type { ContractAnnouncement, DecodedLog, RawLog } from '../events/logs.js';

/** Whose logs an address emits, from which log on. */
export interface Contract {
  readonly network: Network;
  readonly role: string;
  readonly height: number;
  readonly logIndex: number;
}

/** The contracts of a chain's networks: those of the manifests, and those that factories announced so far. */
export interface Contracts {
  /** All addresses of protocols, in lower case. */
  readonly addresses: readonly Hex[];
  /** All of price feeds, of which only few events are wanted. */
  readonly feedAddresses: readonly Hex[];
  find(log: RawLog): Contract | undefined;
  /** Height of the block from which on an address's logs count. */
  findHeight(address: Hex): number | undefined;
  /** What a factory's event announces; undefined where it announces nothing. */
  toAnnouncement(decoded: DecodedLog): ContractAnnouncement | undefined;
  /** The earliest announcement of an address counts. */
  add(announcement: ContractAnnouncement): void;
  /** What a feed's proxy was asked: an aggregator whose answers count from the height on. */
  addLearned(aggregator: LearnedAggregator): void;
  /** Forgets what blocks above the height announced. */
  dropAbove(height: number): void;
}

/** Of a phase that no log announces, and since when it is the feed's. */
export interface LearnedAggregator {
  readonly feedId: string;
  readonly phase: number;
  readonly address: Hex;
  readonly height: number;
}

export function createContracts(networks: readonly Network[]): Contracts {
  const contracts = new Map<Hex, Contract>();
  const announced = new Set<Hex>();
  const learned = new Set<Hex>();
  let lists: Lists | undefined;
  const getLists = () => {
    lists ??= toLists(contracts);
    return lists;
  };
  const set = (address: Hex, contract: Contract) => {
    contracts.set(address, contract);
    lists = undefined;
  };
  for (const network of networks) addFeeds(contracts, network);
  for (const network of networks) {
    for (const { role, address, startBlock } of network.definition.contracts) {
      set(address.toLowerCase() as Hex, { network, role, height: startBlock, logIndex: -1 });
    }
  }
  return {
    get addresses() {
      return getLists().ofProtocols;
    },
    get feedAddresses() {
      return getLists().ofFeeds;
    },
    find(log) {
      const contract = contracts.get(log.address);
      if (!contract || isBefore(log, contract)) return undefined;
      return isFeedRole(contract.role) && isSuperseded(contract, log, getLists()) ? undefined : contract;
    },
    findHeight: (address) => contracts.get(address)?.height,
    toAnnouncement(decoded) {
      if (decoded.role === FEED_PROXY_ROLE) return toAggregator(decoded, contracts);
      const factory = findFactory(decoded);
      const address = factory && toAddress(decoded.args[factory.argument]);
      if (!address || address === NOBODY) return undefined;
      const { network, log } = decoded;
      return {
        address,
        networkId: network.definition.id,
        role: factory?.announces ?? '',
        height: log.height,
        logIndex: log.logIndex,
      };
    },
    add({ address, networkId, role, height, logIndex }) {
      const network = networks.find(({ definition }) => definition.id === networkId);
      const known = learned.has(address) ? undefined : contracts.get(address);
      if (!network || (known && !isBefore({ height, logIndex }, known))) return;
      // A contract that a manifest names was never announced: a rollback must not forget it.
      if (known && !announced.has(address)) return;
      set(address, { network, role, height, logIndex });
      learned.delete(address);
      announced.add(address);
    },
    addLearned({ feedId, phase, address, height }) {
      const network = contracts.get(feedId as Hex)?.network;
      if (!network || announced.has(address)) return;
      set(address, { network, role: toFeedRole(feedId, phase), height, logIndex: -1 });
      learned.add(address);
    },
    dropAbove(height) {
      for (const addresses of [announced, learned]) {
        for (const address of addresses) {
          if ((contracts.get(address)?.height ?? 0) <= height) continue;
          contracts.delete(address);
          addresses.delete(address);
          lists = undefined;
        }
      }
    },
  };
}

/** Stands where a registry takes a contract out. */
const NOBODY = `0x${'0'.repeat(40)}`;

interface Lists {
  readonly ofProtocols: readonly Hex[];
  readonly ofFeeds: readonly Hex[];
  /** Aggregators by feed. */
  readonly phases: ReadonlyMap<string, readonly Contract[]>;
}

function toLists(contracts: ReadonlyMap<Hex, Contract>): Lists {
  const [ofProtocols, ofFeeds]: [Hex[], Hex[]] = [[], []];
  const phases = new Map<string, Contract[]>();
  for (const [address, contract] of contracts) {
    (isFeedRole(contract.role) ? ofFeeds : ofProtocols).push(address);
    const feedId = findFeedOfRole(contract.role)?.feedId;
    if (feedId !== undefined) phases.set(feedId, [...(phases.get(feedId) ?? []), contract]);
  }
  return { ofProtocols, ofFeeds, phases };
}

/** What the aggregator of a phase that is over still says is no answer of the feed. */
function isSuperseded(contract: Contract, log: RawLog, { phases }: Lists): boolean {
  const others = phases.get(findFeedOfRole(contract.role)?.feedId ?? '') ?? [];
  return others.some((other) => isBefore(contract, other) && !isBefore(log, other));
}

/** A feed that several networks of a chain name is the first one's. */
function addFeeds(contracts: Map<Hex, Contract>, network: Network): void {
  for (const feed of listFeeds(network.definition)) {
    const feedId = toFeedId(feed) as Hex;
    if (contracts.has(feedId)) continue;
    contracts.set(feedId, { network, role: FEED_PROXY_ROLE, height: 0, logIndex: -1 });
    for (const { aggregator, phase } of feed.phases) {
      const role = toFeedRole(feedId, phase);
      contracts.set(aggregator.toLowerCase() as Hex, { network, role, height: 0, logIndex: -1 });
    }
  }
}

/** A proxy's next phase follows on the one before, where that is known. */
function toAggregator(
  { network, log, args }: DecodedLog,
  contracts: ReadonlyMap<Hex, Contract>,
): ContractAnnouncement | undefined {
  if (args.latest === NOBODY) return undefined;
  const before = findFeedOfRole(contracts.get(String(args.previous).toLowerCase() as Hex)?.role ?? '')?.phase;
  return {
    address: String(args.latest).toLowerCase() as Hex,
    networkId: network.definition.id,
    role: toFeedRole(log.address, before === undefined ? undefined : before + 1),
    height: log.height,
    logIndex: log.logIndex,
  };
}

interface Place {
  readonly height: number;
  readonly logIndex: number;
}

function isBefore(one: Place, other: Place): boolean {
  return one.height < other.height || (one.height === other.height && one.logIndex < other.logIndex);
}

/** ERC-721 registries name a contract by its token's id, which is its address as a number. */
function toAddress(value: unknown): Hex | undefined {
  if (typeof value === 'bigint') return value >> 160n === 0n ? `0x${value.toString(16).padStart(40, '0')}` : undefined;
  return typeof value === 'string' ? (value.toLowerCase() as Hex) : undefined;
}

function findFactory({ network, role, name, args }: DecodedLog): FactoryDefinition | undefined {
  return network.manifest.factories?.find(
    ({ role: ofRole, event, when }) =>
      ofRole === role && event === name && (!when || String(args[when.argument]).startsWith(when.startsWith)),
  );
}

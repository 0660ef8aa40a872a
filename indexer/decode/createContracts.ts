import type { Hex } from '../../schema/lib/hex.js';
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
  /** All addresses, in lower case. */
  readonly addresses: readonly Hex[];
  find(log: RawLog): Contract | undefined;
  /** Height of the block from which on an address's logs count. */
  findHeight(address: Hex): number | undefined;
  /** What a factory's event announces; undefined where it announces nothing. */
  toAnnouncement(decoded: DecodedLog): ContractAnnouncement | undefined;
  /** The earliest announcement of an address counts. */
  add(announcement: ContractAnnouncement): void;
  /** Forgets what blocks above the height announced. */
  dropAbove(height: number): void;
}

export function createContracts(networks: readonly Network[]): Contracts {
  const contracts = new Map<Hex, Contract>();
  const announced = new Set<Hex>();
  let addresses: readonly Hex[] | undefined;
  for (const network of networks) {
    for (const { role, address, startBlock } of network.definition.contracts) {
      contracts.set(address.toLowerCase() as Hex, { network, role, height: startBlock, logIndex: -1 });
    }
  }
  return {
    get addresses() {
      addresses ??= [...contracts.keys()];
      return addresses;
    },
    find(log) {
      const contract = contracts.get(log.address);
      return contract && !isBefore(log, contract) ? contract : undefined;
    },
    findHeight: (address) => contracts.get(address)?.height,
    toAnnouncement(decoded) {
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
      const known = contracts.get(address);
      if (!network || (known && !isBefore({ height, logIndex }, known))) return;
      // A contract that a manifest names was never announced: a rollback must not forget it.
      if (known && !announced.has(address)) return;
      contracts.set(address, { network, role, height, logIndex });
      announced.add(address);
      addresses = undefined;
    },
    dropAbove(height) {
      for (const address of announced) {
        if ((contracts.get(address)?.height ?? 0) <= height) continue;
        contracts.delete(address);
        announced.delete(address);
        addresses = undefined;
      }
    },
  };
}

/** Stands where a registry takes a contract out. */
const NOBODY = `0x${'0'.repeat(40)}`;

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

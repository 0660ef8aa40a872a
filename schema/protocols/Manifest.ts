/**
 * What the indexer, the API and the pages need to know of a protocol, as data: one Manifest per protocol, one
 * NetworkDefinition per chain it runs on. Adding a protocol is a manifest, an adapter and a line in each list.
 */

import type { UsdSource } from '../prices/UsdSource.js';

export type Address = `0x${string}`;

/** What a protocol records on chain; the rest is "not recorded", never zero. */
export const capabilityNames = ['jobs', 'nodes', 'price', 'payout', 'stake', 'verification'] as const;
export type CapabilityName = (typeof capabilityNames)[number];

/** `true`, or why the protocol does not record it, as a sentence for people. */
export type Capabilities = Readonly<Record<CapabilityName, true | string>>;

export interface TokenDefinition {
  readonly symbol: string;
  readonly decimals: number;
  /** Absent for a chain's native coin. */
  readonly address?: Address;
  /** Absent: nobody has said. */
  readonly usd?: UsdSource;
}

export interface ContractDefinition {
  /** Which of the manifest's event lists its logs are decoded by. */
  readonly role: string;
  readonly address: Address;
  /** First block that can hold a log of it. */
  readonly startBlock: number;
}

export interface NetworkDefinition {
  /** `<protocol>-<chain>`, the first half of every id in it. */
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly chainId: number;
  readonly chainName: string;
  /** True for a history without real block numbers; it is a chain of its own then. */
  readonly recorded: boolean;
  /** Shown on every page about the network. */
  readonly notice?: string;
  readonly capabilities: Capabilities;
  readonly workToken?: TokenDefinition;
  readonly stakeToken?: TokenDefinition;
  readonly contracts: readonly ContractDefinition[];
}

/** An event by which one contract announces another, whose logs count from then on. */
export interface FactoryDefinition {
  /** Role of the contract that emits the event. */
  readonly role: string;
  readonly event: string;
  /** Name of the argument that holds the new contract's address, or a token id that is this address as a number. */
  readonly argument: string;
  /** For an event that announces several things: how the text, or the hex, that tells them apart begins. */
  readonly when?: { readonly argument: string; readonly startsWith: string };
  /** Role of the announced contract. */
  readonly announces: string;
}

export interface Manifest {
  readonly protocol: string;
  /** Human-readable event signatures by contract role. */
  readonly events: Readonly<Record<string, readonly string[]>>;
  readonly factories?: readonly FactoryDefinition[];
  /**
   * True where nothing can complete a task any more once its job's deadline has passed: a task without an end has failed
   * then, also while the chain does not say so (iExec says it only when somebody claims the money back).
   */
  readonly finalDeadline?: true;
  /** What the protocol records by itself; a network of it may record less. */
  readonly capabilities: Capabilities;
  readonly networks: readonly NetworkDefinition[];
}

/** `<network>:<symbol in lower case>` */
export function toTokenId(networkId: string, token: TokenDefinition): string {
  return `${networkId}:${token.symbol.toLowerCase()}`;
}

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

/** What must hold between the amounts that a protocol's logs say; `indexer/conservation` looks after it. */
export const conservationRules = ['spending', 'escrow', 'stake', 'statedEscrow', 'statedStake', 'closedJob'] as const;
export type ConservationRule = (typeof conservationRules)[number];

/** How a rule holds, or why it cannot be held, as a sentence for people. */
export interface Conservation {
  /**
   * What a transaction spends of the escrow is what it pays out, fees included. Pay may come out of stake that is
   * slashed besides; `payouts` says whether all of them come out of it, or only those that name a payer.
   */
  readonly spending: { readonly from: 'escrow' | 'escrowAndSlashes'; readonly payouts: 'all' | 'withPayer' } | string;
  /** What is held for a job, or for a buyer's account, is never less than nothing. */
  readonly escrow: { readonly per: 'job' | 'account' } | string;
  /** What is bonded to a provider is never less than nothing. */
  readonly stake: true | string;
  /** Balances that a log states are what the changes since the last such log come to. */
  readonly statedEscrow: StatedBalance | string;
  readonly statedStake: StatedBalance | string;
  /** After the end of a job its escrow moves no more. */
  readonly closedJob: true | string;
}

export interface StatedBalance {
  /**
   * Money may also come and go by a statement alone, which says how much is there and not how much came: then only
   * what changes tell is held against it. Without such moves an account begins with nothing.
   */
  readonly silentMoves: boolean;
}

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
  /** Rules of the protocol that this network cannot be held to, with the reason. */
  readonly conservation?: Readonly<Partial<Record<ConservationRule, string>>>;
  readonly workToken?: TokenDefinition;
  readonly stakeToken?: TokenDefinition;
  readonly contracts: readonly ContractDefinition[];
  /**
   * A task whose fee is this much or more counts in full in a provider's score, a lesser one in proportion; base units of the
   * work token, in digits. Absent: every task counts in full.
   */
  readonly feeReference?: string;
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
  /** What must hold of its amounts; a network of it may hold to less. */
  readonly conservation: Conservation;
  readonly networks: readonly NetworkDefinition[];
}

/** `<network>:<symbol in lower case>` */
export function toTokenId(networkId: string, token: TokenDefinition): string {
  return `${networkId}:${token.symbol.toLowerCase()}`;
}

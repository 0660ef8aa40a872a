import type { Hex } from '../../schema/lib/hex.js';
import type { ContractRead } from '../events/ContractRead.js';
import type { Header, RawLog } from '../events/logs.js';

/** Where a chain's blocks come from. Every method throws RetryableError when the source is out of reach. */
export interface ChainSource {
  /** The chain's own id for its history: two sources with another genesis are two chains. */
  getGenesisHash(): Promise<Hex>;
  getHead(): Promise<Header>;
  /** What the source calls safe and final; a height it does not name is undefined. */
  getFinality(): Promise<{ readonly safe?: number | undefined; readonly finalized?: number | undefined }>;
  /** Headers by height, those that exist, in ascending order. For the past that is final, or to look around. */
  listHeaders(heights: readonly number[]): Promise<readonly Header[]>;
  /** A block by its hash; undefined where the source does not know it (any more). */
  findHeader(hash: Hex): Promise<Header | undefined>;
  /** All of a range of the past, verified as far as the policy says. */
  fetchRange(request: RangeRequest): Promise<RangeAnswer>;
  /**
   * All of each of these blocks, asked by hash, verified as far as the policy says. Throws RetryableError when one of
   * them is not known any more.
   */
  fetchBlocks(headers: readonly Header[], filter: Filter): Promise<readonly FetchedBlock[]>;
  /** Answers by key; a key that is left out means the node could not tell (its state is pruned). */
  read(reads: readonly ContractRead[]): Promise<ReadonlyMap<string, unknown>>;
  /** Calls back at each new head that is announced; false where nothing announces them and they must be asked for. */
  watchHeads(onHead: () => void): { readonly live: boolean; stop(): void };
  close(): Promise<void>;
}

/** Which logs are wanted. Addresses in lower case; `addresses` empty: any address, and the caller sorts out. */
export interface Filter {
  readonly addresses: readonly Hex[];
  /** Alternatives for topic0; absent: any. */
  readonly topics?: readonly Hex[] | undefined;
  /** Further contracts, of which only some events are wanted: price feeds say a lot besides. */
  readonly also?: NarrowFilter | undefined;
}

/** Neither list is empty. */
export interface NarrowFilter {
  readonly addresses: readonly Hex[];
  readonly topics: readonly Hex[];
}

export interface RangeRequest {
  readonly from: number;
  readonly to: number;
  readonly filter: Filter;
  readonly signal?: AbortSignal | undefined;
}

/** `tooLarge`: the same range will not be answered; a smaller one may be, up to `suggestedTo` where the node says so. */
export type RangeAnswer =
  | FetchedRange
  | { readonly kind: 'tooLarge'; readonly suggestedTo?: number | undefined; readonly reason: string };

export interface FetchedRange {
  readonly kind: 'fetched';
  readonly from: number;
  readonly to: number;
  /** By height and log index, each once. */
  readonly logs: readonly RawLog[];
  /** Of the range's two ends at least, and of every block where it is verified; ascending. */
  readonly headers: readonly Header[];
  /**
   * Of blocks with logs whose header is not among `headers`, by height: a node that puts the time into its logs spares
   * the request for the header.
   */
  readonly times: ReadonlyMap<number, BlockTime>;
  /** What of it is proven. */
  readonly level: VerifiedLevel;
  readonly endpoint: string;
  /** Of the answers, as they came. */
  readonly bytes: number;
}

export interface BlockTime {
  readonly hash: Hex;
  readonly time: Date;
}

export interface FetchedBlock {
  readonly header: Header;
  readonly logs: readonly RawLog[];
  readonly level: VerifiedLevel;
  readonly endpoint: string;
}

/** exact: byte for byte by the receipts root; superset: by header and bloom; none: nothing was proven. */
export type VerifiedLevel = 'exact' | 'superset' | 'none';

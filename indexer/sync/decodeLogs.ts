import type { Contracts } from '../decode/createContracts.js';
import type { Decode } from '../decode/createDecoder.js';
import type { BrokenLog, ContractAnnouncement, DecodedLog, RawLog } from '../events/logs.js';

export interface DecodedRange {
  readonly decoded: readonly DecodedLog[];
  readonly broken: readonly BrokenLog[];
  /** Contracts that these logs announce; `contracts` knows them by now. */
  readonly announced: readonly ContractAnnouncement[];
}

export type Turn = (() => Promise<void>) | undefined;

/** A few milliseconds of work. */
export const LOGS_PER_TURN = 1_000;

/** Decodes logs in the order of the chain, so that a contract's logs count from its announcement on, same block included. */
export async function decodeLogs(
  logs: readonly RawLog[],
  { decode, contracts, turn }: { readonly decode: Decode; readonly contracts: Contracts; readonly turn?: Turn },
): Promise<DecodedRange> {
  const decoded: DecodedLog[] = [];
  const broken: BrokenLog[] = [];
  const announced: ContractAnnouncement[] = [];
  for (const [index, log] of logs.entries()) {
    if (turn && index % LOGS_PER_TURN === LOGS_PER_TURN - 1) await turn();
    const decoding = decode(log);
    if (decoding.kind === 'broken') broken.push(decoding.broken);
    if (decoding.kind !== 'decoded') continue;
    decoded.push(decoding.decoded);
    const announcement = contracts.toAnnouncement(decoding.decoded);
    if (!announcement) continue;
    announced.push(announcement);
    contracts.add(announcement);
  }
  return { decoded, broken, announced };
}

import type { Contracts } from '../decode/createContracts.js';
import type { Decode } from '../decode/createDecoder.js';
import type { BrokenLog, ContractAnnouncement, DecodedLog, RawLog } from '../events/logs.js';

export interface DecodedRange {
  readonly decoded: readonly DecodedLog[];
  readonly broken: readonly BrokenLog[];
  /** Contracts that these logs announce; `contracts` knows them by now. */
  readonly announced: readonly ContractAnnouncement[];
}

/** Decodes logs in the order of the chain, so that a contract's logs count from its announcement on, same block included. */
export function decodeLogs(
  logs: readonly RawLog[],
  { decode, contracts }: { readonly decode: Decode; readonly contracts: Contracts },
): DecodedRange {
  const decoded: DecodedLog[] = [];
  const broken: BrokenLog[] = [];
  const announced: ContractAnnouncement[] = [];
  for (const log of logs) {
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

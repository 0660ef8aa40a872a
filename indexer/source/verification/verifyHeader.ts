import { type Hex, toBytes } from '../../../schema/lib/hex.js';
import type { Header } from '../../events/logs.js';
import type { Bloom } from './bloom.js';
import type { VerificationPolicy } from './chainRules.js';
import { headerHash, listUnknownFields, type RpcHeader } from './headerHash.js';
import { parseData, parseHash, parseNumber, parseObject } from './rpcCodec.js';
import { type Refused, refuse, refuseMalformed } from './verdict.js';

/**
 * Whether a header is the one asked for, and is what its hash says. The first half of `verifyBlock`, for who has headers
 * before logs.
 */
export function verifyHeader(header: unknown, options: Identity & { readonly policy: VerificationPolicy }) {
  return refuseMalformed(() => toSoundHeader(header, options));
}

/** What a block must be, as far as it is known: by its hash near the head, by its height elsewhere. */
export interface Identity {
  readonly hash?: Hex | undefined;
  readonly height?: number | undefined;
  /** The hash of the block before. */
  readonly parentHash?: Hex | undefined;
}

/** A header that hashes to its own hash, unless the policy was off. */
export interface SoundHeader {
  readonly kind: 'sound';
  readonly block: Header;
  readonly bloom: Bloom;
  readonly receiptsRoot: Hex;
}

/** Throws MalformedAnswer. */
export function toSoundHeader(
  value: unknown,
  options: Identity & { readonly policy: VerificationPolicy },
): SoundHeader | Refused {
  const header = parseObject(value, 'header') as unknown as RpcHeader;
  const block = parseBlock(value);
  const fault = checkIdentity(block, options) ?? (options.policy === 'off' ? undefined : checkHash(header, block));
  if (fault) return fault;
  if (options.policy === 'off') return { kind: 'sound', block, bloom: NO_BLOOM, receiptsRoot: block.hash };
  const bloom = toBytes(parseData(header.logsBloom, 'header.logsBloom', 256));
  return { kind: 'sound', block, bloom, receiptsRoot: parseHash(header.receiptsRoot, 'header.receiptsRoot') };
}

/** Nobody looks at it where the policy is off. */
const NO_BLOOM: Bloom = new Uint8Array(256);

export function parseBlock(header: unknown): Header {
  const { number, hash, parentHash, timestamp } = parseObject(header, 'header');
  return {
    height: parseNumber(number, 'header.number'),
    hash: parseHash(hash, 'header.hash'),
    parentHash: parseHash(parentHash, 'header.parentHash'),
    time: new Date(parseNumber(timestamp, 'header.timestamp') * 1000),
  };
}

function checkIdentity(block: Header, { hash, height, parentHash }: Identity): Refused | undefined {
  if (hash !== undefined && block.hash !== hash.toLowerCase())
    return refuse('wrongBlock', `expected block ${hash}, got ${block.hash}`);
  if (height !== undefined && block.height !== height)
    return refuse('wrongBlock', `expected height ${height}, got ${block.height}`);
  if (parentHash !== undefined && block.parentHash !== parentHash.toLowerCase())
    return refuse('parentMismatch', `expected parent ${parentHash}, got ${block.parentHash}`);
  return undefined;
}

function checkHash(header: RpcHeader, block: Header): Refused | undefined {
  const computed = headerHash(header);
  if (computed === block.hash) return undefined;
  const unknown = listUnknownFields(header);
  return {
    ...refuse('headerHashMismatch', `block ${block.height} says ${block.hash}, its fields hash to ${computed}`),
    ...(unknown.length > 0 ? { limit: `The header has fields not known here: ${unknown.join(', ')}.` } : {}),
  };
}

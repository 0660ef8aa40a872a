import type { Hex } from '../lib/hex.js';

/**
 * What stands beside the body of a batch, in headers of fixed form: the cheap checks of a gateway need no JSON. Signed are
 * these lines and the body's bytes as they travel.
 */
export interface Envelope {
  /** 16 bytes. */
  readonly delegation: Hex;
  /** Whole, from 1 up to 2^31 - 1, one more with each batch of the delegation. */
  readonly counter: number;
  readonly firstSlot: number;
  readonly lastSlot: number;
  /** Hash of a recent block of the network's chain. */
  readonly beacon: Hex;
}

export const headerNames = {
  delegation: 'computescan-delegation',
  counter: 'computescan-counter',
  slots: 'computescan-slots',
  beacon: 'computescan-beacon',
  /** Ed25519 over `toSignedBytes`, 64 bytes as 0x… in lower case. */
  signature: 'computescan-signature',
  /** HMAC-SHA256 over the same, 32 bytes as 0x… in lower case; instead of a signature. */
  mac: 'computescan-mac',
} as const;

export const MAX_COUNTER = 2 ** 31 - 1;
export const MAX_BODY_BYTES = 64 * 1024;
/** More slots than the window holds cannot be in time. */
export const MAX_SLOTS = 4;

export function toHeaders(envelope: Envelope): Record<string, string> {
  const { delegation, counter, firstSlot, lastSlot, beacon } = envelope;
  return {
    [headerNames.delegation]: delegation,
    [headerNames.counter]: String(counter),
    [headerNames.slots]: `${firstSlot}-${lastSlot}`,
    [headerNames.beacon]: beacon,
  };
}

/** The header that is wrong, with what was expected; undefined stands for a good envelope. */
export interface EnvelopeFlaw {
  readonly header: string;
  readonly expected: string;
  readonly got: string;
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

export function parseEnvelope(headers: Headers): { readonly envelope: Envelope } | { readonly flaw: EnvelopeFlaw } {
  const flaw = (header: string, expected: string) => ({
    flaw: { header, expected, got: String(headers[header] ?? 'none').slice(0, 80) },
  });
  const delegation = readText(headers, headerNames.delegation);
  if (!/^0x[0-9a-f]{32}$/.test(delegation)) return flaw(headerNames.delegation, '16 bytes as 0x and 32 digits');
  const counter = readText(headers, headerNames.counter);
  if (!/^[1-9][0-9]{0,9}$/.test(counter) || Number(counter) > MAX_COUNTER) {
    return flaw(headerNames.counter, `a whole number from 1 to ${MAX_COUNTER}`);
  }
  const [, first, last] = /^([0-9]{1,9})-([0-9]{1,9})$/.exec(readText(headers, headerNames.slots)) ?? [];
  const [firstSlot, lastSlot] = [Number(first), Number(last)];
  if (!(firstSlot <= lastSlot && lastSlot - firstSlot < MAX_SLOTS)) {
    return flaw(headerNames.slots, `first-last, at most ${MAX_SLOTS} slots`);
  }
  const beacon = readText(headers, headerNames.beacon);
  if (!/^0x[0-9a-f]{64}$/.test(beacon)) return flaw(headerNames.beacon, '32 bytes as 0x and 64 digits');
  const envelope = {
    delegation: delegation as Hex,
    counter: Number(counter),
    firstSlot,
    lastSlot,
    beacon: beacon as Hex,
  };
  return { envelope };
}

/** What the key signs: the version, the envelope, then the body byte for byte. */
export function toSignedBytes(envelope: Envelope, body: Uint8Array): Buffer {
  const { delegation, counter, firstSlot, lastSlot, beacon } = envelope;
  const lines = `${SIGNED_VERSION}\n${delegation}\n${counter}\n${firstSlot}-${lastSlot}\n${beacon}\n`;
  return Buffer.concat([Buffer.from(lines, 'latin1'), body]);
}

const SIGNED_VERSION = 'computescan-heartbeat-v1';

function readText(headers: Headers, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}

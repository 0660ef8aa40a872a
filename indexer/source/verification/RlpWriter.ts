import { assert } from '../../../schema/lib/assert.js';
import type { Hex } from '../../../schema/lib/hex.js';

/**
 * RLP written forwards into one buffer of the exact size. A list's header holds the length of its payload, so sizes are
 * summed first, with the functions below, and the bytes follow.
 */
export class RlpWriter {
  private readonly bytes: Buffer;
  private at = 0;

  /** What is finished in a scratch holds until the scratch is used again. */
  constructor(size: number, scratch?: Scratch) {
    this.bytes = scratch ? scratch.take(size) : Buffer.allocUnsafe(size);
  }

  /** A byte before the RLP, such as the type of a receipt. */
  byte(value: number): this {
    this.bytes[this.at] = value;
    this.at += 1;
    return this;
  }

  list(payloadSize: number): this {
    return this.header(0xc0, payloadSize);
  }

  /** Bytes in hex, which must be well formed. */
  string(hex: Hex): this {
    const length = (hex.length - 2) / 2;
    if (!isOwnEncoding(hex)) this.header(0x80, length);
    const written = this.bytes.write(hex.slice(2), this.at, 'hex');
    assert(written === length, 'what is written to RLP is hex');
    this.at += length;
    return this;
  }

  buffer(bytes: Uint8Array): this {
    if (bytes.length !== 1 || (bytes[0] ?? 0) >= 0x80) this.header(0x80, bytes.length);
    return this.raw(bytes);
  }

  /** What is RLP already. */
  raw(bytes: Uint8Array): this {
    this.bytes.set(bytes, this.at);
    this.at += bytes.length;
    return this;
  }

  finish(): Buffer {
    assert(this.at === this.bytes.length, 'the sizes summed first are those written');
    return this.bytes;
  }

  private header(base: number, length: number): this {
    if (length < 56) return this.byte(base + length);
    const width = byteWidth(length);
    this.byte(base + 55 + width);
    this.at = this.bytes.writeUIntBE(length, this.at, width);
    return this;
  }
}

/** One buffer for what is needed only until it is hashed: a block has hundreds of such pieces. */
export class Scratch {
  private bytes = Buffer.allocUnsafeSlow(4_096);

  take(size: number): Buffer {
    if (size > this.bytes.length) this.bytes = Buffer.allocUnsafeSlow(2 ** Math.ceil(Math.log2(size)));
    return this.bytes.subarray(0, size);
  }
}

export function sizeOfString(hex: Hex): number {
  return isOwnEncoding(hex) ? 1 : sizeOfPayload((hex.length - 2) / 2);
}

export function sizeOfBuffer(bytes: Uint8Array): number {
  return bytes.length === 1 && (bytes[0] ?? 0) < 0x80 ? 1 : sizeOfPayload(bytes.length);
}

/** A list, or a string that is not its own encoding, with its header. */
export function sizeOfPayload(length: number): number {
  return length < 56 ? 1 + length : 1 + byteWidth(length) + length;
}

/** RLP knows numbers as big-endian bytes without leading zeros: zero is no bytes at all. */
export function toIntegerBytes(quantity: Hex): Hex {
  if (quantity === '0x0') return '0x';
  return quantity.length % 2 === 0 ? quantity : `0x0${quantity.slice(2)}`;
}

/** One byte below 0x80. */
function isOwnEncoding(hex: Hex): boolean {
  return hex.length === 4 && hex.charCodeAt(2) < 0x38;
}

function byteWidth(length: number): number {
  return length < 0x100 ? 1 : length < 0x1_0000 ? 2 : length < 0x100_0000 ? 3 : 4;
}

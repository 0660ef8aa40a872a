import type { Hex } from '../../../schema/lib/hex.js';
import type { CheckedHeader } from './checkHeader.js';

export interface HeaderCache {
  get(hash: Hex): CheckedHeader | undefined;
  add(header: CheckedHeader): void;
}

/** The headers that were added last: whoever follows the head asks for the same few again and again. */
export function createHeaderCache(max: number): HeaderCache {
  const headers = new Map<Hex, CheckedHeader>();
  return {
    get: (hash) => headers.get(hash),
    add(header) {
      const { hash } = header.sound.block;
      headers.delete(hash);
      headers.set(hash, header);
      const [oldest] = headers.keys();
      if (headers.size > max && oldest !== undefined) headers.delete(oldest);
    },
  };
}

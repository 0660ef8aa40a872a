import { isIP, type LookupFunction } from 'node:net';

/**
 * After this long Node drops each address but the last; its own 250 ms are less than a round trip around the world.
 */
export const ADDRESS_TIMEOUT_MS = 1_000;

/** Answers with what was checked, whoever asks. Host and SNI stay those of the URL. */
export function toLookup(addresses: readonly string[]): LookupFunction {
  const entries = addresses.map((address) => ({ address, family: isIP(address) }));
  const [first] = entries;
  return (_host, { all }, callback) => {
    if (all) callback(null, entries);
    else callback(null, first?.address ?? '', first?.family);
  };
}

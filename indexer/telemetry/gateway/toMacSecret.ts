import { createHmac } from 'node:crypto';
import { type Hex, toBytes, toHex } from '../../../schema/lib/hex.js';

/** 32 bytes, the same on every gateway that has the key (64 hexadecimal digits): none of them stores it. */
export function toMacSecret(macKey: string, delegation: Hex): Hex {
  const mac = createHmac('sha256', Buffer.from(macKey, 'hex')).update('computescan-mac-secret-v1\n');
  return toHex(mac.update(toBytes(delegation)).digest());
}

import { privateKeyToAccount } from 'viem/accounts';
import type { Hex } from '../lib/hex.js';
import type { SignTypedData } from './SenderOptions.js';

export interface Signer {
  /** In lower case. */
  readonly account: Hex;
  readonly sign: SignTypedData;
}

/** Signs typed data with a private key of secp256k1, 32 bytes. Throws where the bytes are no key. */
export function createSigner(privateKey: Hex): Signer {
  const account = privateKeyToAccount(privateKey);
  return {
    account: account.address.toLowerCase() as Hex,
    sign: (typedData) => account.signTypedData(typedData as unknown as Parameters<typeof account.signTypedData>[0]),
  };
}

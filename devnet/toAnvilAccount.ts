import { toHex } from 'viem';
import { mnemonicToAccount, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts';

/** `test test … junk`: in the documentation of anvil, and of every other development chain. Never hold value by it. */
const MNEMONIC = 'test test test test test test test test test test test junk';
/** Below it lie the accounts of Ethereum by their index (BIP 44). */
const PATH = "m/44'/60'/0'/0";

let parent: ReturnType<ReturnType<typeof mnemonicToAccount>['getHdKey']> | undefined;

/** The account of that index, whose key anvil knows, and so does everybody. Words are made a key once: it takes thirty times as long. */
export function toAnvilAccount(index: number): PrivateKeyAccount {
  parent ??= mnemonicToAccount(MNEMONIC, { path: PATH }).getHdKey();
  const { privateKey } = parent.deriveChild(index);
  if (!privateKey) throw new Error(`Expected a key for the account ${index}, got none.`);
  return privateKeyToAccount(toHex(privateKey));
}

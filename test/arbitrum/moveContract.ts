import { gunzipSync } from 'node:zlib';
import type { Rpc } from '../../devnet/rpc.js';
import type { Hex } from '../../schema/lib/hex.js';

/**
 * Puts a contract, code and storage, to another address as well: that of the network which the product knows. What it
 * has kept of its own address stays as it was.
 */
export async function moveContract(rpc: Rpc, from: Hex, to: Hex): Promise<void> {
  const { accounts } = await dumpState(rpc);
  const account = accounts[from.toLowerCase()];
  if (!account) throw new Error(`there is no contract at ${from}`);
  await rpc.call('anvil_setCode', to, account.code);
  for (const [slot, value] of Object.entries(account.storage)) {
    await rpc.call('anvil_setStorageAt', to, slot, value);
  }
}

interface State {
  readonly accounts: Readonly<
    Record<string, { readonly code: Hex; readonly storage: Readonly<Record<string, Hex>> } | undefined>
  >;
}

async function dumpState(rpc: Rpc): Promise<State> {
  const chunks: Buffer[] = [];
  for await (const chunk of rpc.readBytes('anvil_dumpState')) chunks.push(chunk);
  return JSON.parse(gunzipSync(Buffer.concat(chunks)).toString()) as State;
}

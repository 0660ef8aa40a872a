import { assert } from '../schema/lib/assert.js';
import type { ChainWriter } from './chainWriter.js';
import type { Rpc } from './rpc.js';
import type { Store } from './store.js';

/** Stores anvil's whole chain (states, blocks, receipts) unless the newest snapshot already holds this head. */
export async function saveChain(store: Store, rpc: Rpc, writer: ChainWriter): Promise<void> {
  const { height, hash } = await writer.readHead();
  if (store.listSnapshots()[0] === height && store.findHash(height) === hash) return;
  const state = await rpc.call('anvil_dumpState');
  assert(typeof state === 'string', 'anvil dumps its state as hex');
  store.addSnapshot({ height, hash, state: Buffer.from(state.slice(2), 'hex') });
}

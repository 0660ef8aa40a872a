import type { ChainWriter } from './chainWriter.js';
import type { Rpc } from './rpc.js';
import type { Store } from './store.js';

/** Stores anvil's whole chain (states, blocks, receipts) unless the newest snapshot already holds this head. */
export async function saveChain(store: Store, rpc: Rpc, writer: ChainWriter): Promise<void> {
  const { height, hash } = await writer.readHead();
  if (store.listSnapshots()[0] === height && store.findHash(height) === hash) return;
  await store.addSnapshot({ height, hash, state: rpc.readBytes('anvil_dumpState') });
}

import { toMessage, UserError } from '../schema/lib/errors.js';
import type { Anvil } from './anvil.js';
import { createChainWriter, type Head, RefusedBlock } from './chainWriter.js';
import type { JournalLine, Store } from './store.js';

export interface Restored {
  readonly anvil: Anvil;
  readonly head: Head;
  /** The blocks that were mined again on top of the snapshot. */
  readonly lines: readonly JournalLine[];
  /** False when part of the journal could not be used; then it must not be continued. */
  readonly complete: boolean;
}

/**
 * Starts anvil on the newest snapshot that can be read and mines the journal again, which gives the same hashes. A
 * damaged snapshot costs nothing as long as the one before it is whole.
 */
export async function restoreChain(store: Store, launch: (stateFile: string) => Promise<Anvil>): Promise<Restored> {
  const problems: string[] = [];
  for (const height of store.listSnapshots()) {
    let anvil: Anvil | undefined;
    try {
      anvil = await launch(await store.unpackSnapshot(height));
      const head = await createChainWriter(anvil.rpc).readHead();
      if (head.hash === store.findHash(height)) return { anvil, ...(await replay(store, anvil, head)) };
      problems.push(`snapshot ${height} ends in block ${head.hash}`);
      await anvil.stop();
    } catch (thrown) {
      problems.push(`snapshot ${height}: ${toMessage(thrown)}`);
      await anvil?.stop();
    } finally {
      store.removeUnpacked();
    }
  }
  throw new UserError(
    `Expected a readable devnet state in ${store.folder}, got "${problems.join('; ')}": start with --reset to make the devnet anew.`,
  );
}

async function replay(store: Store, anvil: Anvil, from: Head): Promise<Omit<Restored, 'anvil'>> {
  const writer = createChainWriter(anvil.rpc);
  const { lines, torn } = store.readJournal(from.height);
  const mined: JournalLine[] = [];
  let head = from;
  for (const line of lines) {
    // Someone changed the chain by hand and the process died before that was saved: go on from here.
    if (line.height !== head.height + 1 || line.parentHash !== head.hash)
      return { head, lines: mined, complete: false };
    try {
      await writer.mine(line.timestamp, line.requests);
    } catch (thrown) {
      if (!(thrown instanceof RefusedBlock)) throw thrown;
      // Here someone's transaction came between, and the process died before that was saved.
      return { head: await writer.readHead(), lines: mined, complete: false };
    }
    mined.push(line);
    head = await writer.readHead();
  }
  return { head, lines: mined, complete: !torn };
}

import { toMessage } from '../../schema/lib/errors.js';
import { checkState } from './checkState.js';
import { createMemoryStore, type Disk } from './createMemoryStore.js';
import { createRandom } from './createRandom.js';
import { createTruth } from './createTruth.js';
import type { Storage, StorageParts } from './Storage.js';

/** Facts in memory, held against the truth at every commit. */
export function createMemoryStorage(parts: StorageParts, disk: Disk): Storage {
  const { scenario, clock, trace, count, isTroubled, fail, onCommit } = parts;
  const { world, seed, storeFaults } = scenario;
  const truth = createTruth(world);
  const check = () => checkState(disk, truth, world);
  return {
    openStore: (process) =>
      createMemoryStore({
        ...{ disk, process, clock, trace, count, faults: storeFaults },
        random: createRandom(seed, `${process.name} store`),
        mayFail: isTroubled,
        onCommit(kind) {
          onCommit(kind);
          try {
            check();
          } catch (thrown) {
            fail(new Error(`S, at the ${kind} of ${clock.now()} ms: ${toMessage(thrown)}`));
          }
        },
      }),
    look: async () => disk,
    check,
  };
}

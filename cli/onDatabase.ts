import type { Database } from './openDatabase.js';
import { untilInterrupted } from './untilInterrupted.js';

/** Opens the database for the work and lets go of it again, whatever happens and whoever interrupts. */
export async function onDatabase(
  root: string,
  work: (database: Database, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const { openDatabase } = await import('./openDatabase.js');
  await untilInterrupted(async (signal) => {
    const database = await openDatabase(root, process.env);
    try {
      await work(database, signal);
    } finally {
      await database.stop();
    }
  });
}

import { setTimeout as sleep } from 'node:timers/promises';
import { createPool } from '../../schema/database.js';
import type { Random } from '../simulation/createRandom.js';
import { createFeeder, type Findings } from './createFeeder.js';
import { startWriter, type Writer } from './startWriter.js';

export interface Killed extends Findings {
  readonly kills: number;
  /** Sent to a writer that ended before it answered. */
  readonly unanswered: number;
  /** Sent again although they were stored. */
  readonly resent: number;
}

/** Two writers under load; again and again one of them is killed at a moment that chance draws, and another one started. */
export async function feedAndKill(options: {
  readonly databaseUrl: string;
  readonly kills: number;
  readonly random: Random;
}): Promise<Killed> {
  const { databaseUrl, kills, random } = options;
  const writers: Writer[] = [startWriter(databaseUrl), startWriter(databaseUrl)];
  const pool = createPool(databaseUrl, { role: 'test' });
  const feeder = createFeeder(async (batch) => random.pick(writers).publish(batch), {
    random,
    firstSlot: Math.floor(Date.now() / 60_000) - 120,
  });
  try {
    for (let kill = 0; kill < kills; kill += 1) {
      const at = kill % writers.length;
      const victim = writers[at];
      await victim?.ready;
      const before = feeder.acked;
      await sleep(random.below(150));
      // Under load, not before it.
      while (feeder.acked < before + 20) await sleep(1);
      victim?.kill('SIGKILL');
      await victim?.exited;
      writers[at] = startWriter(databaseUrl);
    }
    await Promise.all(writers.map(({ ready }) => ready));
    await feeder.stop();
    const [unanswered = 0, resent = 0] = ['no answer', 'duplicate'].map((answer) => feeder.answers.get(answer));
    return { kills, ...(await feeder.check(pool)), unanswered, resent };
  } finally {
    for (const writer of writers) writer.kill('SIGTERM');
    await Promise.all(writers.map(({ exited }) => exited));
    await pool.end();
  }
}

import type { NatsConnection } from '@nats-io/transport-node';
import type { Runtime } from '../../lib/runtime.js';

export interface ShardDivision {
  /** Whether this writer is the one to take the shard, as far as it knows. */
  isMine(shard: number): boolean;
  /** Tells the others and returns once the signal aborts; then says good-bye. */
  run(signal: AbortSignal): Promise<void>;
}

/**
 * Writers say every second that they live, and each takes its part of the shards out of those it has heard: one in n, in the
 * order of their names. Who has been silent for a few seconds is gone, and the others take its part.
 *
 * This only keeps two writers from waiting for each other's rows. While they disagree, two take a shard, which changes no
 * result, or none does for a few seconds, in which the stream keeps it.
 */
export function divideShards(options: {
  readonly connection: NatsConnection;
  readonly subject: string;
  readonly runtime: Pick<Runtime, 'now' | 'sleep' | 'random'>;
}): ShardDivision {
  const { connection, subject, runtime } = options;
  const me = toName(runtime.random(), runtime.random());
  const lastHeard = new Map<string, number>();

  function hear(text: string): void {
    const [name = '', word] = text.split(' ');
    if (word === LEAVES) lastHeard.delete(name);
    else lastHeard.set(name, runtime.now());
  }

  function listWriters(): readonly string[] {
    const since = runtime.now() - SILENT_MS;
    const others = [...lastHeard].filter(([name, at]) => name !== me && at >= since).map(([name]) => name);
    return [me, ...others].sort();
  }

  return {
    isMine(shard) {
      const writers = listWriters();
      return writers[shard % writers.length] === me;
    },
    async run(signal) {
      const subscription = connection.subscribe(subject, {
        callback: (error, message) => {
          if (!error) hear(message.string());
        },
      });
      while (!signal.aborted && !connection.isClosed()) {
        connection.publish(subject, `${me} ${LIVES}`);
        await runtime.sleep(SAY_MS, signal);
      }
      if (connection.isClosed()) return;
      connection.publish(subject, `${me} ${LEAVES}`);
      subscription.unsubscribe();
    },
  };
}

function toName(...chances: readonly number[]): string {
  return chances.map((chance) => Math.floor(chance * 2 ** 32).toString(36)).join('-');
}

const LIVES = 'lives';
const LEAVES = 'leaves';
const SAY_MS = 1_000;
const SILENT_MS = 4_000;

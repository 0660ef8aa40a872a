import type { JetStreamManager, MsgRequest } from '@nats-io/jetstream';
import { toConsumer, toSubject } from './openStream.js';

/**
 * The first message that must stay: all before it are written, of every shard. 1 if a shard has never had a writer. Read
 * from the stream itself, since a consumer's count of what waits is an estimate.
 */
export async function findFirstUnwritten(
  jsm: JetStreamManager,
  { stream, shards }: { readonly stream: string; readonly shards: number },
): Promise<number> {
  // Asked for first: what comes in while the shards are looked at is behind it.
  const { state } = await jsm.streams.info(stream);
  let first = state.last_seq + 1;
  for (let shard = 0; shard < shards; shard += 1) {
    const { ack_floor } = await jsm.consumers.info(stream, toConsumer(shard));
    // The server takes this question (since 2.9); the client's type names it for another call only.
    const question = { seq: ack_floor.stream_seq + 1, next_by_subj: toSubject(stream, shard) } as MsgRequest;
    const next = await jsm.streams.getMessage(stream, question);
    if (next) first = Math.min(first, next.seq);
  }
  return first;
}

/**
 * Removes what was written at least `keepMs` ago; by then nobody sends it again. Called every now and then by every writer:
 * each remembers what it has seen written, and when.
 */
export function createTrimmer(options: {
  readonly stream: string;
  readonly keepMs: number;
  readonly now: () => number;
}): (jsm: JetStreamManager, shards: number) => Promise<void> {
  const { stream, keepMs, now } = options;
  let seen: { readonly at: number; readonly first: number }[] = [];
  return async (jsm, shards) => {
    const due = seen.filter(({ at }) => at <= now() - keepMs).at(-1);
    if (due && due.first > 1) await jsm.streams.purge(stream, { seq: due.first });
    const at = now();
    seen = [
      ...seen.filter((one) => one.at > (due?.at ?? -1)),
      { at, first: await findFirstUnwritten(jsm, { stream, shards }) },
    ];
  };
}

import {
  AckPolicy,
  DeliverPolicy,
  DiscardPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamManager,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from '@nats-io/jetstream';
import { UserError } from '../../../schema/lib/errors.js';

export interface StreamOptions {
  /** Name of the stream, and what its subjects begin with. */
  readonly stream: string;
  readonly shards: number;
  readonly replicas: number;
  /** Also of what was written in the last `keepMs`. */
  readonly maxMessages: number;
  /** For so long a message's id is known, and the message kept after it was written. */
  readonly keepMs: number;
}

/**
 * Makes the stream of batches, `<stream>.<shard>`, and that of messages nobody could write, `<stream>.dead`, or finds them.
 * Of a stream that exists all settings hold, so that an operator can change them there; resolves with its number of shards.
 *
 * Nothing ages: what no writer has committed stays, and when the stream is full it takes no more. Full is a number of
 * messages. Of a limit in bytes servers before 2.10.5 reckon a new message too small, take it, and then drop the oldest ones
 * (nats-server issues 4771 and 4775; 2.9.10 was seen to lose acknowledged messages so). The disk is bounded by the server's
 * own `max_file_store`, at which it refuses what is new.
 */
export async function openStream(jsm: JetStreamManager, options: StreamOptions): Promise<number> {
  const { stream, shards, replicas, maxMessages, keepMs } = options;
  const lasting = {
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    discard: DiscardPolicy.New,
    num_replicas: replicas,
  };
  await findOrAdd(jsm, {
    ...lasting,
    name: toDeadStream(stream),
    subjects: [toDeadSubject(stream)],
    max_msgs: MAX_DEAD_MESSAGES,
  });
  const config = await findOrAdd(jsm, {
    ...lasting,
    name: stream,
    subjects: Array.from({ length: shards }, (_, shard) => toSubject(stream, shard)),
    max_msgs: maxMessages,
    duplicate_window: keepMs * NANOS_PER_MS,
  });
  assertLosesNothing(config);
  return config.subjects.length;
}

/**
 * One durable consumer for a shard, which all writers share. The server never gives up on a message: how often it may fail
 * is counted where it fails, so that an outage of the database takes none away.
 */
export async function openConsumer(
  jsm: JetStreamManager,
  options: {
    readonly stream: string;
    readonly shard: number;
    readonly ackWaitMs: number;
    readonly maxAckPending: number;
  },
): Promise<void> {
  const { stream, shard, ackWaitMs, maxAckPending } = options;
  await jsm.consumers.add(stream, {
    durable_name: toConsumer(shard),
    filter_subject: toSubject(stream, shard),
    deliver_policy: DeliverPolicy.All,
    ack_policy: AckPolicy.Explicit,
    ack_wait: ackWaitMs * NANOS_PER_MS,
    max_ack_pending: maxAckPending,
    max_deliver: -1,
  });
}

export function toSubject(stream: string, shard: number): string {
  return `${stream}.${shard}`;
}

export function toConsumer(shard: number): string {
  return `writer-${shard}`;
}

export function toDeadSubject(stream: string): string {
  return `${stream}.dead`;
}

export function toDeadStream(stream: string): string {
  return `${stream}-dead`;
}

function assertLosesNothing(config: StreamConfig): void {
  const { name, subjects, retention, storage, discard, max_age, max_bytes, max_msgs_per_subject } = config;
  const got = { subjects, retention, storage, discard, max_age, max_bytes, max_msgs_per_subject };
  const expected = {
    subjects: subjects.map((_, shard) => toSubject(name, shard)),
    ...{ retention: RetentionPolicy.Limits, storage: StorageType.File, discard: DiscardPolicy.New },
    ...{ max_age: 0, max_bytes: -1, max_msgs_per_subject: -1 },
  };
  if (JSON.stringify(got) === JSON.stringify(expected)) return;
  throw new UserError(
    `Expected the JetStream stream ${name} as ${JSON.stringify(expected)}, got ${JSON.stringify(got)}. Change it by ` +
      '`nats stream edit`, or remove it and it is made anew.',
  );
}

async function findOrAdd(
  jsm: JetStreamManager,
  config: Partial<StreamConfig> & { readonly name: string },
): Promise<StreamConfig> {
  const found = await findConfig(jsm, config.name);
  if (found) return found;
  try {
    return (await jsm.streams.add(config)).config;
  } catch (thrown) {
    // Another process was faster, with settings of its own.
    const made = await findConfig(jsm, config.name);
    if (!made) throw thrown;
    return made;
  }
}

async function findConfig(jsm: JetStreamManager, name: string): Promise<StreamConfig | undefined> {
  try {
    return (await jsm.streams.info(name)).config;
  } catch (thrown) {
    if (thrown instanceof JetStreamApiError && thrown.code === JetStreamApiCodes.StreamNotFound) return undefined;
    throw thrown;
  }
}

const NANOS_PER_MS = 1_000_000;
const MAX_DEAD_MESSAGES = 100_000;

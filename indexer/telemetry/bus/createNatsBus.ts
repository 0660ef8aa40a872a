import { JetStreamApiError, type PubAck } from '@nats-io/jetstream';
import { errors } from '@nats-io/transport-node';
import { MAX_AGE_MS } from '../../../schema/heartbeat/slots.js';
import { assert } from '../../../schema/lib/assert.js';
import { RetryableError, toMessage } from '../../../schema/lib/errors.js';
import type { Log } from '../../../schema/lib/log.js';
import type { Runtime } from '../../lib/runtime.js';
import type { AcceptedBatch, BatchOutcome } from '../beats/AcceptedBatch.js';
import { connectNats, type Link } from './connectNats.js';
import { consumeShards } from './consumeShards.js';
import { decodeMessage } from './decodeMessage.js';
import { encodeBatch } from './encodeMessage.js';
import { UnreadableMessageError } from './messageFormat.js';
import { toSubject } from './openStream.js';
import { createSecondsSender, type SecondsSender } from './sendSeconds.js';
import { type Attendance, BusyError, DRAIN_MS, type TelemetryBus } from './TelemetryBus.js';
import { createMessageWriter } from './writeMessages.js';

export interface NatsBus extends TelemetryBus {
  readonly alive: Attendance;
}

export interface NatsBusOptions {
  /** `nats://user:password@host:4222`; several servers of a cluster separated by commas. */
  readonly url: string;
  /** Of the observer or the process, under which the server lists this connection. */
  readonly name?: string;
  /** Of a gateway, whose seconds are recorded; left out, none are. */
  readonly observer?: number;
  /** Whether beats could come in at all, such as through a gateway that is open; left out, always. */
  readonly isListening?: () => boolean;
  readonly stream?: string;
  /** These three are for the first process that finds no stream; of a stream that exists its own settings hold. */
  readonly shards?: number;
  readonly replicas?: number;
  /** How many batches may wait for writers; then gateways answer that they are busy. */
  readonly maxMessages?: number;
  /** How many batches may wait for the server's answer. */
  readonly maxInFlight?: number;
  readonly publishMs?: number;
  /** A message that a writer has neither written nor given back by then goes to another one. */
  readonly ackWaitMs?: number;
  readonly maxAckPending?: number;
  readonly commitMs?: number;
  readonly maxFailures?: number;
  readonly retryMs?: number;
  /** How long a message is known after it was stored, and kept after it was written. */
  readonly keepMs?: number;
  readonly log: Log;
  readonly runtime: Runtime;
}

/**
 * NATS JetStream between several gateways and several writers. A batch is durable once the stream's file has it, and stays
 * there until a writer has committed it to Postgres. Whether a power cut can take it is up to the server: it syncs its files
 * every two minutes unless it is told `sync_interval: always`, or has replicas that do not fail together.
 *
 * A batch lies in the shard of its delegation, whose beats all nodes of it therefore share, and a shard has one writer at a
 * time. So the many batches that touch the same node-hours meet in one transaction of one writer, where they become one
 * update, instead of in two that wait for each other's rows. Nothing more depends on it: the tables are the same whoever
 * writes what and how often.
 */
export function createNatsBus(options: NatsBusOptions): NatsBus {
  const settings = { ...defaults, ...options };
  const { stream, maxInFlight, publishMs, isListening, log, runtime } = settings;
  const connector = connectNats(settings);
  const inFlight = new Set<Promise<BatchOutcome>>();
  const ending = new AbortController();
  const sender = options.observer === undefined ? undefined : createSender(options.observer);
  const sending = sender?.run(ending.signal);
  let consuming: Promise<void> | undefined;

  function createSender(observer: number): SecondsSender {
    return createSecondsSender({
      ...{ observer, log, runtime },
      isListening: () => isListening() && inFlight.size < maxInFlight && connector.find() !== undefined,
      async send(message) {
        const link = findLink();
        const subject = toSubject(stream, observer % link.shards);
        await withBusOutages(() => link.publisher.publish(subject, message, { timeout: publishMs }));
      },
    });
  }

  /** Left to the client, batches would gather without bound for as long as the server is away. */
  function findLink(): Link {
    const link = connector.find();
    if (!link) throw new RetryableError('NATS is out of reach: send it again.');
    return link;
  }

  async function store(batch: AcceptedBatch, link: Link): Promise<BatchOutcome> {
    const subject = toSubject(stream, batch.delegationKey % link.shards);
    // Each observer has a batch that was sent to several, as in `beat_batch`.
    const id = `${batch.delegationKey}-${batch.counter}-${batch.observer}`;
    const data = encodeBatch(batch);
    const put = (msgID: string, message: Uint8Array): Promise<PubAck> =>
      withBusOutages(() => link.publisher.publish(subject, message, { msgID, timeout: publishMs }));

    const { duplicate, seq } = await put(id, data);
    if (!duplicate) return 'written';
    const stored = await withBusOutages(() => link.manager.streams.getMessage(stream, { seq }));
    const distinct = `${id}-${batch.digest.toString('hex')}`;
    const digest = stored && findDigest(stored.data);
    if (!digest) {
      // Written and trimmed since, or of another release. The writer finds out which batch it was, and flags another one.
      await put(distinct, data);
      return 'duplicate';
    }
    if (digest.equals(batch.digest)) return 'duplicate';
    // The writer flags it. It goes along with the one that was there first, which thereby also stays the first in Postgres.
    await put(distinct, Buffer.concat([stored.data, data]));
    return 'conflict';
  }

  async function settle(): Promise<void> {
    await Promise.allSettled([...inFlight, sending]);
    await consuming;
  }

  return {
    alive: {
      take: () => sender?.take(),
      refuse: () => sender?.refuse(),
    },

    async publish(batch) {
      if (ending.signal.aborted) throw new RetryableError('The bus is closing: send the batch again.');
      if (inFlight.size >= maxInFlight) {
        sender?.refuse();
        throw new BusyError(`${inFlight.size} batches wait for NATS already: send the batch again later.`);
      }
      const link = findLink();
      const stored = store(batch, link);
      inFlight.add(stored);
      try {
        const outcome = await stored;
        sender?.take();
        return outcome;
      } catch (thrown) {
        if (thrown instanceof RetryableError) connector.doubt(link);
        if (thrown instanceof BusyError) sender?.refuse();
        throw thrown;
      } finally {
        inFlight.delete(stored);
      }
    },

    async consume(handler) {
      assert(!consuming, 'a bus has one handler');
      const writer = createMessageWriter({ ...settings, handler });
      consuming = consumeShards({ ...settings, connector, writer }, ending.signal);
      consuming.catch((thrown: unknown) => log.error({ error: toMessage(thrown) }, 'The bus ended by a fault'));
    },

    async close(withinMs = DRAIN_MS) {
      ending.abort();
      // What a writer has not committed by then comes again from the stream.
      const inTime = new AbortController();
      const limit = runtime.sleep(withinMs, inTime.signal);
      try {
        await Promise.race([settle(), limit]);
      } finally {
        // Begun in any case, so that no connection keeps the process.
        await Promise.race([connector.close(), limit]).finally(() => inTime.abort());
      }
    },
  };
}

const defaults = {
  name: 'computescan',
  isListening: () => true,
  stream: 'beats',
  shards: 16,
  replicas: 1,
  /** Of 100,000 nodes with a beat a minute in tens, the backlog of a day and some 6 GB. */
  maxMessages: 15_000_000,
  maxInFlight: 1_024,
  publishMs: 5_000,
  ackWaitMs: 30_000,
  maxAckPending: 512,
  commitMs: 100,
  maxFailures: 5,
  retryMs: 1_000,
  /** What is older than `MAX_AGE_MS` is not accepted again, so that nobody sends it any more. */
  keepMs: 2 * MAX_AGE_MS,
} as const;

/** Undefined: no batch that this release reads. */
function findDigest(message: Uint8Array): Buffer | undefined {
  try {
    return decodeMessage(message).batches[0]?.digest;
  } catch (thrown) {
    if (thrown instanceof UnreadableMessageError) return undefined;
    throw thrown;
  }
}

/** Says of what NATS throws whether it is full or away; anything else is a fault of ours. */
async function withBusOutages<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    const message = toMessage(thrown);
    if (thrown instanceof JetStreamApiError) {
      if (fullCodes.has(thrown.code)) throw new BusyError(`The stream takes no more: ${message}.`, { cause: thrown });
      // As in HTTP: below 500 the question was wrong.
      if (thrown.status < 500) throw thrown;
    } else if (thrown instanceof errors.InvalidArgumentError || thrown instanceof errors.InvalidSubjectError) {
      throw thrown;
    }
    throw new RetryableError(`NATS is out of reach: ${message}`, { cause: thrown });
  }
}

/** Of the account, the server's resources, its memory, its disk; and that a message could not be stored: it is too much. */
const fullCodes: ReadonlySet<number> = new Set([10002, 10023, 10028, 10047, 10077]);

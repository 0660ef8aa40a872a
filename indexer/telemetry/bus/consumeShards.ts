import type { ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import { toMessage } from '../../../schema/lib/errors.js';
import type { Log } from '../../../schema/lib/log.js';
import { type Backoff, createBackoff } from '../../lib/backoff.js';
import type { Runtime } from '../../lib/runtime.js';
import type { Link, NatsConnector } from './connectNats.js';
import { divideShards, type ShardDivision } from './divideShards.js';
import { openConsumer, toConsumer } from './openStream.js';
import { createTrimmer } from './trimStream.js';
import { type MessageWriter, tell } from './writeMessages.js';

export interface ConsumeOptions {
  readonly stream: string;
  readonly connector: NatsConnector;
  readonly writer: MessageWriter;
  readonly ackWaitMs: number;
  readonly maxAckPending: number;
  /** So long after the first message of a group more are waited for. */
  readonly commitMs: number;
  readonly keepMs: number;
  /** Before the first repeat after an outage of the database. */
  readonly retryMs: number;
  readonly log: Log;
  readonly runtime: Runtime;
}

/**
 * Takes messages off this writer's shards and has them written a group at a time, until the signal aborts. What was taken
 * and not written by then goes back at once.
 */
export async function consumeShards(options: ConsumeOptions, signal: AbortSignal): Promise<void> {
  const { stream, connector, runtime, log } = options;
  const trim = createTrimmer({ stream, keepMs: options.keepMs, now: runtime.now });
  while (!signal.aborted) {
    const link = await connector.wait();
    if (!link) return;
    const over = new AbortController();
    const either = AbortSignal.any([signal, over.signal]);
    void link.connection.closed().then(() => over.abort());
    const queue = createQueue(runtime);
    const division = divideShards({ connection: link.connection, subject: `${stream}-writers`, runtime });
    const shards = Array.from({ length: link.shards }, (_, shard) =>
      takeShard({ ...options, link, division, shard, queue }, either),
    );
    await Promise.all([
      division.run(either),
      ...shards,
      writeGroups({ ...options, link, queue }, either),
      repeat(options.keepMs / 4, () => trim(link.manager, link.shards)),
    ]);

    async function repeat(everyMs: number, work: () => Promise<void>): Promise<void> {
      while (!either.aborted) {
        await runtime.sleep(everyMs * (1 - runtime.random() / 4), either);
        if (either.aborted || !connector.find()) continue;
        await work().catch((thrown: unknown) => log.warn({ error: toMessage(thrown) }, 'The stream was not trimmed'));
      }
    }
  }
}

interface Taking extends ConsumeOptions {
  readonly link: Link;
  readonly division: ShardDivision;
  readonly shard: number;
  readonly queue: Queue;
}

/** Pulls while the shard is ours; the client pulls anew after a break of the connection. */
async function takeShard(taking: Taking, signal: AbortSignal): Promise<void> {
  const { link, division, shard, stream, runtime, log } = taking;
  const backoff: Backoff = createBackoff({ firstMs: 250, maxMs: 5_000, runtime });
  while (!signal.aborted) {
    if (!division.isMine(shard)) {
      await runtime.sleep(DIVIDE_MS, signal);
      continue;
    }
    try {
      // Made by whoever comes first, and made again should somebody have removed it.
      await openConsumer(link.manager, taking);
      const consumer = await link.publisher.consumers.get(stream, toConsumer(shard));
      const messages = await consumer.consume({
        max_messages: PREFETCH,
        expires: PULL_MS,
        abort_on_missing_resource: true,
      });
      backoff.reset();
      await pump({ ...taking, messages }, signal);
    } catch (thrown) {
      log.warn({ error: toMessage(thrown), shard }, 'A shard cannot be read for now');
      await backoff.wait(signal);
    }
  }
}

async function pump({ messages, ...taking }: Taking & { readonly messages: ConsumerMessages }, signal: AbortSignal) {
  const { link, division, shard, runtime, queue } = taking;
  const done = new AbortController();
  const either = AbortSignal.any([signal, done.signal]);
  const watched = watch();
  try {
    for await (const message of messages) {
      if (!(await queue.put(message, either))) tell(link, () => message.nak());
    }
  } finally {
    done.abort();
    await watched;
  }

  async function watch(): Promise<void> {
    while (!either.aborted && division.isMine(shard)) await runtime.sleep(DIVIDE_MS, either);
    done.abort();
    await messages.close();
  }
}

/** One group after another: while one is written, the next one grows. */
async function writeGroups(
  { link, queue, writer, commitMs, retryMs, runtime }: ConsumeOptions & { readonly link: Link; readonly queue: Queue },
  signal: AbortSignal,
): Promise<void> {
  const backoff = createBackoff({ firstMs: retryMs, maxMs: 10_000, runtime });
  while (await queue.wait(signal)) {
    await queue.fill(commitMs, signal);
    if (signal.aborted) break;
    const reached = await writer.write(queue.take(), link);
    if (reached) backoff.reset();
    else await backoff.wait(signal);
  }
  for (const message of queue.take()) tell(link, () => message.nak());
}

type Queue = ReturnType<typeof createQueue>;

/** Messages of all shards for the next transaction; when there are enough for it, whoever brings another one waits. */
function createQueue(runtime: Pick<Runtime, 'sleep'>) {
  let messages: JsMsg[] = [];
  let bytes = 0;
  let waiting: (() => void)[] = [];
  const isFull = () => messages.length >= GROUP || bytes >= GROUP_BYTES;

  function change(): void {
    for (const go of waiting) go();
    waiting = [];
  }

  /** Until something changes or the signal aborts. */
  async function nextChange(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const end = new AbortController();
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
      signal.addEventListener('abort', () => resolve(), { once: true, signal: end.signal });
    });
    end.abort();
  }

  return {
    /** False once the signal has aborted. */
    async put(message: JsMsg, signal: AbortSignal): Promise<boolean> {
      while (isFull() && !signal.aborted) await nextChange(signal);
      if (signal.aborted) return false;
      messages.push(message);
      bytes += message.data.length;
      change();
      return true;
    },
    /** False once the signal has aborted. */
    async wait(signal: AbortSignal): Promise<boolean> {
      while (messages.length === 0 && !signal.aborted) await nextChange(signal);
      return !signal.aborted;
    },
    /** Until there are enough, or for so long. */
    async fill(ms: number, signal: AbortSignal): Promise<void> {
      // Not AbortSignal.any: Node 20 keeps a trace of every one on the signal that lives as long as the process.
      const ended = new AbortController();
      const end = () => ended.abort();
      signal.addEventListener('abort', end, { once: true });
      const time = runtime.sleep(ms, ended.signal).then(end);
      while (!isFull() && !signal.aborted && !ended.signal.aborted) await nextChange(ended.signal);
      end();
      signal.removeEventListener('abort', end);
      await time;
    },
    take(): readonly JsMsg[] {
      const taken = messages;
      messages = [];
      bytes = 0;
      change();
      return taken;
    },
  };
}

/** Of a transaction; some 25,000 beats. */
const GROUP = 2_048;
const GROUP_BYTES = 768 * 1_024;
/** Of a shard, taken ahead: of all shards about a group. */
const PREFETCH = 128;
const PULL_MS = 5_000;
const DIVIDE_MS = 500;

import type { JsMsg } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import { toMessage } from '../../../schema/lib/errors.js';
import type { Log } from '../../../schema/lib/log.js';
import { isOutage } from '../../writer/outage.js';
import type { Link } from './connectNats.js';
import { decodeMessage, type Message } from './decodeMessage.js';
import { toDeadSubject } from './openStream.js';
import type { BatchHandler } from './TelemetryBus.js';
import { BusyError } from './TelemetryBus.js';

export interface MessageWriter {
  /**
   * Hands the batches to the handler and acknowledges their messages once it has committed them. Those it fails with come
   * again. True unless the database was out of reach.
   */
  write(messages: readonly JsMsg[], link: Link): Promise<boolean>;
}

export interface MessageWriterOptions {
  readonly stream: string;
  readonly handler: BatchHandler;
  /** After so many failures that are its own, a message is put aside. */
  readonly maxFailures: number;
  /** Before the first repeat; doubles with each. */
  readonly retryMs: number;
  readonly log: Log;
}

export function createMessageWriter(options: MessageWriterOptions): MessageWriter {
  const { stream, handler, maxFailures, retryMs, log } = options;
  /** By sequence number. Kept here and not by the server's count of deliveries, which grows in every outage too. */
  const failures = new Map<number, number>();

  interface Entry extends Message {
    readonly message: JsMsg;
  }

  async function write(messages: readonly JsMsg[], link: Link): Promise<boolean> {
    const entries: Entry[] = [];
    for (const message of messages) {
      try {
        entries.push({ message, ...decodeMessage(message.data) });
      } catch (thrown) {
        await refuse({ message, thrown, link });
      }
    }
    const single = entries.filter(({ batches }) => batches.length < 2);
    let reached = await writeTogether(single, link);
    // The batch that was there first has to be written first, or the other one would be taken for it.
    for (const entry of entries) if (entry.batches.length > 1) reached = (await writeInTurn(entry, link)) && reached;
    return reached;
  }

  /** One transaction for all. A batch that fails by itself is found by halves, so that it keeps no other one back. */
  async function writeTogether(entries: readonly Entry[], link: Link): Promise<boolean> {
    if (entries.length === 0) return true;
    try {
      await handler(
        entries.flatMap(({ batches }) => batches),
        entries.flatMap(({ alive }) => alive),
      );
    } catch (thrown) {
      if (isPassing(thrown)) return postpone(entries, { thrown, link });
      const [only] = entries;
      if (only && entries.length === 1) {
        await refuse({ message: only.message, thrown, link });
        return true;
      }
      const middle = Math.ceil(entries.length / 2);
      const reached = await writeTogether(entries.slice(0, middle), link);
      return (await writeTogether(entries.slice(middle), link)) && reached;
    }
    for (const { message } of entries) acknowledge(message, link);
    return true;
  }

  async function writeInTurn(entry: Entry, link: Link): Promise<boolean> {
    try {
      for (const batch of entry.batches) await handler([batch]);
    } catch (thrown) {
      if (isPassing(thrown)) return postpone([entry], { thrown, link });
      await refuse({ message: entry.message, thrown, link });
      return true;
    }
    acknowledge(entry.message, link);
    return true;
  }

  function acknowledge(message: JsMsg, link: Link): void {
    failures.delete(message.seq);
    tell(link, () => message.ack());
  }

  function postpone(entries: readonly Entry[], { thrown, link }: { thrown: unknown; link: Link }): false {
    for (const { message } of entries) tell(link, () => message.nak(retryMs));
    log.warn({ error: toMessage(thrown), batches: entries.length }, 'Batches wait in the stream');
    return false;
  }

  /** Again later; in the end it is put aside with the reason, where it is kept and keeps nothing back. */
  async function refuse({ message, thrown, link }: { message: JsMsg; thrown: unknown; link: Link }): Promise<void> {
    const { seq, subject } = message;
    const count = (failures.get(seq) ?? 0) + 1;
    const error = toMessage(thrown);
    failures.set(seq, count);
    if (count < maxFailures) {
      log.warn({ error, seq, subject, count }, 'A batch cannot be written and is tried again');
      tell(link, () => message.nak(retryMs * 2 ** (count - 1)));
      return;
    }
    try {
      const why = headers();
      why.set('computescan-reason', error.slice(0, 500));
      why.set('computescan-subject', subject);
      why.set('computescan-seq', String(seq));
      await link.publisher.publish(toDeadSubject(stream), message.data, { msgID: `${subject}-${seq}`, headers: why });
    } catch (problem) {
      log.error({ error, seq, subject, problem: toMessage(problem) }, 'A batch cannot be put aside and stays');
      tell(link, () => message.nak(retryMs * 2 ** count));
      return;
    }
    log.error({ error, seq, subject, aside: toDeadSubject(stream) }, 'A batch cannot be written and was put aside');
    failures.delete(seq);
    tell(link, () => message.term());
  }

  return { write };
}

/** Over a connection that was given up nothing can be said: the server hands such a message out again by itself. */
export function tell(link: Link, say: () => void): void {
  if (!link.connection.isClosed()) say();
}

function isPassing(thrown: unknown): boolean {
  return thrown instanceof BusyError || isOutage(thrown);
}

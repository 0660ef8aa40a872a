import { setTimeout as sleep } from 'node:timers/promises';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { systemRuntime } from '../../indexer/lib/systemRuntime.js';
import type { AcceptedBatch } from '../../indexer/telemetry/beats/AcceptedBatch.js';
import { createNatsBus, type NatsBusOptions } from '../../indexer/telemetry/bus/createNatsBus.js';
import { type BatchHandler, BusyError, type TelemetryBus } from '../../indexer/telemetry/bus/TelemetryBus.js';
import { RetryableError } from '../../schema/lib/errors.js';
import { silentLog } from '../silentLog.js';
import { describeWithNats, type NatsServer, startNats } from './startNats.js';

describeWithNats('JetStream between gateways and writers', () => {
  let server: NatsServer;
  const buses: TelemetryBus[] = [];
  let streams = 0;
  beforeAll(async () => {
    server = await startNats();
  });
  afterAll(() => server.stop());
  afterEach(async () => {
    await Promise.all(buses.splice(0).map((bus) => bus.close()));
  });

  const newStream = () => `test${++streams}`;

  function open(stream: string, options: Partial<NatsBusOptions> = {}): TelemetryBus {
    const bus = createNatsBus({
      ...{ url: server.url, stream, log: silentLog, runtime: systemRuntime },
      ...{ commitMs: 5, retryMs: 20, publishMs: 2_000, ...options },
    });
    buses.push(bus);
    return bus;
  }

  async function close(bus: TelemetryBus): Promise<void> {
    buses.splice(buses.indexOf(bus), 1);
    await bus.close();
  }

  /** What a gateway's sender does. */
  async function send(bus: TelemetryBus, batch: AcceptedBatch) {
    for (;;) {
      try {
        return await bus.publish(batch);
      } catch (thrown) {
        if (!(thrown instanceof RetryableError || thrown instanceof BusyError)) throw thrown;
        await sleep(20);
      }
    }
  }

  async function inspect<T>(work: (jsm: Awaited<ReturnType<typeof jetstreamManager>>) => Promise<T>): Promise<T> {
    const connection = await connect({ servers: server.url });
    try {
      return await work(await jetstreamManager(connection));
    } finally {
      await connection.close();
    }
  }

  test('a batch comes out of the stream as it went in', async () => {
    const stream = newStream();
    const bus = open(stream);
    const { handler, taken } = createCounter();
    await bus.consume(handler);
    const batches = [1, 2, 3].map((counter) => toBatch({ counter, delegationKey: counter * 7 }));
    for (const batch of batches) expect(await send(bus, batch)).toBe('written');
    await until(() => taken.size === 3);
    expect([...taken.values()].flat().sort((a, b) => a.counter - b.counter)).toEqual(batches);
  });

  test('the same batch again is a duplicate, whichever gateway gets it, and is written once', async () => {
    const stream = newStream();
    const [first, second] = [open(stream), open(stream)];
    const batch = toBatch({ counter: 1 });
    expect(await send(first, batch)).toBe('written');
    expect(await send(second, { ...batch, beats: batch.beats.map((beat) => ({ ...beat, receivedCs: 99 })) })).toBe(
      'duplicate',
    );
    const { handler, taken } = createCounter();
    await first.consume(handler);
    expect(await send(first, toBatch({ counter: 2 }))).toBe('written');
    await until(() => taken.size === 2);
    expect(taken.get('1-1')).toEqual([batch]);
  });

  test('a batch that was sent to two observers is written of both, and a duplicate at each of them', async () => {
    const stream = newStream();
    const bus = open(stream);
    const [batch, other] = [toBatch({ counter: 1, observer: 1 }), toBatch({ counter: 1, observer: 2 })];
    for (const outcome of ['written', 'duplicate']) {
      expect(await send(bus, batch)).toBe(outcome);
      expect(await send(bus, other)).toBe(outcome);
    }
    const reused = { digest: Buffer.alloc(16, 9) };
    expect(await send(bus, toBatch({ counter: 1, observer: 2, ...reused }))).toBe('conflict');
    const { handler, calls } = createCounter();
    await bus.consume(handler);
    await until(() => calls.flat().length >= 4);
    // The one that conflicts comes with the one of its own observer.
    expect(calls.flat().map(({ observer, digest }) => [observer, digest[0]])).toEqual([
      ...[1, 2].map((observer) => [observer, 0]),
      ...[0, 9].map((digest) => [2, digest]),
    ]);
  });

  test('another batch under the same counter is a conflict, and the writer sees both in their order', async () => {
    const stream = newStream();
    const bus = open(stream);
    const [batch, other] = [toBatch({ counter: 1 }), toBatch({ counter: 1, digest: Buffer.alloc(16, 9) })];
    expect(await send(bus, batch)).toBe('written');
    expect(await send(bus, other)).toBe('conflict');
    expect(await send(bus, other)).toBe('conflict');
    const { handler, calls } = createCounter();
    await bus.consume(handler);
    await until(() => calls.flat().length >= 3);
    // The one that was there first is written first, however often it comes.
    expect(calls.flat().map(({ digest }) => digest[0])).toEqual([0, 0, 9]);
  });

  test('without a writer batches wait, and none is lost', async () => {
    const stream = newStream();
    const gateway = open(stream);
    await Promise.all(range(100).map((counter) => send(gateway, toBatch({ counter, delegationKey: counter % 9 }))));
    await close(gateway);
    const { handler, taken } = createCounter();
    await open(stream).consume(handler);
    await until(() => taken.size === 100);
    expect([...taken.values()].every((copies) => copies.length === 1)).toBe(true);
  });

  test('a writer that fails by an outage gets the same batches again, as often as it takes', async () => {
    const stream = newStream();
    const bus = open(stream, { maxFailures: 2 });
    const { handler, taken } = createCounter();
    let failures = 0;
    await bus.consume(async (batches) => {
      failures += 1;
      if (failures <= 4) throw new RetryableError('Postgres is away');
      return handler(batches);
    });
    for (const counter of range(5)) await send(bus, toBatch({ counter }));
    await until(() => taken.size === 5);
    expect(failures).toBeGreaterThan(4);
    expect(await inspect(async (jsm) => (await jsm.streams.info(`${stream}-dead`)).state.messages)).toBe(0);
  });

  test('a writer that hangs holds no stop up, and another one gets its batch', async () => {
    const stream = newStream();
    const hanging = open(stream, { ackWaitMs: 500 });
    let begun = 0;
    await hanging.consume(() => {
      begun += 1;
      return new Promise(() => undefined);
    });
    await send(hanging, toBatch({ counter: 1 }));
    await until(() => begun > 0);
    buses.splice(buses.indexOf(hanging), 1);
    await hanging.close(100);
    const { handler, taken } = createCounter();
    await open(stream, { ackWaitMs: 500 }).consume(handler);
    await until(() => taken.has('1-1'));
  });

  test('a batch that cannot be written is put aside with its reason and keeps no other one back', async () => {
    const stream = newStream();
    const bus = open(stream, { maxFailures: 3 });
    const { handler, taken } = createCounter();
    await bus.consume(async (batches) => {
      if (batches.some(({ counter }) => counter === 3)) throw new Error('no such partition');
      return handler(batches);
    });
    await Promise.all(range(6).map((counter) => send(bus, toBatch({ counter }))));
    await until(() => taken.size === 5);
    const findAside = () =>
      inspect((jsm) => jsm.streams.getMessage(`${stream}-dead`, { last_by_subj: `${stream}.dead` }));
    await until(async () => (await findAside()) !== null);
    const aside = await findAside();
    expect(aside?.header.get('computescan-reason')).toBe('no such partition');
    expect(await isAllAcknowledged(stream)).toBe(true);
  });

  test('a message of another format is put aside, never written and never in the way', async () => {
    const stream = newStream();
    const bus = open(stream, { maxFailures: 2 });
    await send(bus, toBatch({ counter: 1 }));
    const connection = await connect({ servers: server.url });
    connection.publish(`${stream}.1`, Buffer.from([7, 1, 2, 3]));
    await connection.drain();
    await send(bus, toBatch({ counter: 2 }));
    const { handler, taken } = createCounter();
    await bus.consume(handler);
    await until(async () => (await inspect((jsm) => jsm.streams.info(`${stream}-dead`))).state.messages === 1);
    const aside = await inspect((jsm) => jsm.streams.getMessage(`${stream}-dead`, { seq: 1 }));
    expect(aside?.header.get('computescan-reason')).toMatch('Expected a message of format 1 or 2, got format 7');
    expect([...taken.keys()]).toEqual(['1-1', '1-2']);
  });

  test('more batches than may be under way are refused as busy', async () => {
    const bus = open(newStream(), { maxInFlight: 2 });
    await send(bus, toBatch({ counter: 1 }));
    const outcomes = await Promise.allSettled(
      range(5).map((counter) => bus.publish(toBatch({ counter: counter + 10 }))),
    );
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused.map(({ reason }) => reason)).toEqual([1, 2, 3].map(() => expect.any(BusyError)));
  });

  test('a full stream is busy, keeps what it has, and takes batches again once they are written', async () => {
    const stream = newStream();
    const bus = open(stream, { maxMessages: 50, keepMs: 400 });
    for (const counter of range(50)) expect(await send(bus, toBatch({ counter }))).toBe('written');
    await expect(bus.publish(toBatch({ counter: 51 }))).rejects.toThrow(BusyError);
    // Sent again for want of an answer: it is there.
    expect(await send(bus, toBatch({ counter: 1 }))).toBe('duplicate');
    const { handler, taken } = createCounter();
    await bus.consume(handler);
    await until(() => taken.size === 50);
    expect(await send(bus, toBatch({ counter: 5_000 }))).toBe('written');
    await until(() => taken.has('1-5000'));
  });

  test('a refusal beside many batches that are stored leaves the second its gateway', async () => {
    const gateway = open(newStream(), { observer: 7, maxInFlight: 2 });
    const { handler, seconds } = createCounter();
    await gateway.consume(handler);
    await send(gateway, toBatch({ counter: 1 }));
    const begun = Math.floor(Date.now() / 1_000);
    // Between any two looks one is refused, and more are stored.
    for (let counter = 2; ![...seconds].some((second) => second > begun + 1); counter += 3) {
      const three = [0, 1, 2].map((more) => gateway.publish(toBatch({ counter: counter + more })));
      const outcomes = await Promise.allSettled(three);
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
      await sleep(50);
    }
  });

  test('while the server is away a gateway says so at once', async () => {
    const away = await startNats();
    const bus = open('beats', { url: away.url });
    await send(bus, toBatch({ counter: 1 }));
    await away.kill();
    await until(() =>
      bus.publish(toBatch({ counter: 2 })).then(
        () => false,
        () => true,
      ),
    );
    await expect(bus.publish(toBatch({ counter: 3 }))).rejects.toThrow(RetryableError);
    await close(bus);
    await away.stop();
  });

  test('after a kill of the server every acknowledged batch is there and a writer gets it', async () => {
    const frail = await startNats();
    const [gateway, writer] = [open('beats', { url: frail.url }), open('beats', { url: frail.url, ackWaitMs: 1_000 })];
    const { handler, taken } = createCounter();
    await writer.consume(handler);
    const acknowledged: number[] = [];
    const sending = Promise.all(
      range(300).map(async (counter) => {
        await sleep(counter * 3);
        await send(gateway, toBatch({ counter, delegationKey: counter % 9 }));
        acknowledged.push(counter);
      }),
    );
    await until(() => acknowledged.length > 60);
    await frail.restart();
    await sending;
    await until(() => taken.size === 300);
    await Promise.all([close(gateway), close(writer)]);
    await frail.stop();
  });

  test('two writers divide the delegations between them, and who stays takes those of who leaves', async () => {
    const stream = newStream();
    const gateway = open(stream);
    const [one, other] = [createCounter(), createCounter()];
    const leaving = open(stream);
    await leaving.consume(one.handler);
    await open(stream).consume(other.handler);
    const sendRound = (round: number) =>
      Promise.all(range(32).map((delegationKey) => send(gateway, toBatch({ counter: round, delegationKey }))));
    const listDelegations = ({ taken }: typeof one, round: number) =>
      range(32).filter((delegationKey) => taken.has(`${delegationKey}-${round}`));
    // They have to hear of each other first.
    for (let round = 1; ; round += 1) {
      await sendRound(round);
      const count = () => listDelegations(one, round).length + listDelegations(other, round).length;
      await until(() => count() >= 32);
      if (listDelegations(one, round).length === 16) break;
      await sleep(200);
    }
    await close(leaving);
    await sendRound(1_000);
    await until(() => listDelegations(other, 1_000).length === 32);
  });

  test('a stream that somebody removed is made again', async () => {
    const stream = newStream();
    const bus = open(stream);
    const { handler, taken } = createCounter();
    await bus.consume(handler);
    await send(bus, toBatch({ counter: 1 }));
    await until(() => taken.has('1-1'));
    await inspect((jsm) => jsm.streams.delete(stream));
    await send(bus, toBatch({ counter: 2 }));
    await until(() => taken.has('1-2'));
  });

  test('a stream whose settings would lose batches is not used', async () => {
    const stream = newStream();
    await inspect((jsm) => jsm.streams.add({ name: stream, subjects: [`${stream}.0`], max_age: 60_000_000_000 }));
    const bus = open(stream);
    await sleep(300);
    await expect(bus.publish(toBatch({ counter: 1 }))).rejects.toThrow(RetryableError);
  });

  test('what was written long ago is trimmed, and nothing else', async () => {
    const stream = newStream();
    const bus = open(stream, { keepMs: 400 });
    const { handler, taken } = createCounter();
    await bus.consume(async (batches) => {
      if (batches.some(({ counter }) => counter === 40)) throw new RetryableError('not this one yet');
      return handler(batches);
    });
    // Of one delegation, so that fifteen of the sixteen shards have never had anything to acknowledge.
    for (const counter of range(20)) await send(bus, toBatch({ counter }));
    await until(async () => (await inspect((jsm) => jsm.streams.info(stream))).state.messages === 0);
    expect(taken.size).toBe(20);
    await send(bus, toBatch({ counter: 40 }));
    await send(bus, toBatch({ counter: 41, delegationKey: 2 }));
    await sleep(1_000);
    const { state } = await inspect((jsm) => jsm.streams.info(stream));
    expect(state.first_seq).toBe(21);
  });

  async function isAllAcknowledged(stream: string): Promise<boolean> {
    return inspect(async (jsm) => {
      for await (const { num_pending, num_ack_pending } of jsm.consumers.list(stream)) {
        if (num_pending + num_ack_pending > 0) return false;
      }
      return true;
    });
  }
});

function range(length: number): readonly number[] {
  return Array.from({ length }, (_, position) => position + 1);
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(10);
}

/** A writer that keeps what it was given, by delegation and counter. */
function createCounter() {
  const taken = new Map<string, AcceptedBatch[]>();
  const calls: (readonly AcceptedBatch[])[] = [];
  const seconds = new Set<number>();
  const handler: BatchHandler = async (batches, alive = []) => {
    for (const { slot, bits } of alive)
      for (let bit = 0; bit < 60; bit += 1) if ((bits >> BigInt(bit)) & 1n) seconds.add(slot * 60 + bit);
    calls.push(batches);
    return batches.map((batch) => {
      const id = `${batch.delegationKey}-${batch.counter}`;
      const copies = taken.get(id);
      if (!copies) taken.set(id, [batch]);
      else copies.push(batch);
      return copies ? 'duplicate' : 'written';
    });
  };
  return { handler, taken, calls, seconds };
}

function toBatch({ counter, ...rest }: Partial<AcceptedBatch> & { readonly counter: number }): AcceptedBatch {
  const slot = 29_000_000;
  const beats = range(3).map((node) => ({
    ...{ nodeKey: node, slot, late: false, digest: BigInt(counter * 10 + node), sentCs: 100, receivedCs: 110 },
    ...{ rttUs: 20_000, utilPermille: 500 },
  }));
  return {
    ...{ delegationKey: 1, counter, firstSlot: slot, lastSlot: slot, digest: Buffer.alloc(16), observer: 1, beats },
    ...rest,
  };
}

import fc from 'fast-check';
import type { AcceptedBatch, AcceptedBeat } from '../beats/AcceptedBatch.js';
import { decodeMessage } from './decodeMessage.js';
import { encodeBatch, encodeSeconds } from './encodeMessage.js';
import { formats, UnreadableMessageError } from './messageFormat.js';

const integer = (min: number, max: number) => fc.integer({ min, max });
const smallint = () => integer(-32_768, 32_767);
const slot = () => integer(0, 999_999_999);

const beat: fc.Arbitrary<AcceptedBeat> = fc.record(
  {
    nodeKey: integer(0, 2 ** 31 - 1),
    slot: slot(),
    late: fc.boolean(),
    digest: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    sentCs: smallint(),
    receivedCs: smallint(),
    rttUs: integer(0, 30_000_000),
    utilPermille: integer(0, 1_000),
    memoryPermille: integer(0, 1_000),
    jobs: integer(0, 10_000),
    hardware: fc.record(
      {
        gpuCount: integer(0, 1_024),
        vramMb: integer(0, 16_777_216),
        // Any code units, as JSON may hold them: halves of pairs and NUL among them.
        gpuModel: fc.array(integer(0, 0xffff), { maxLength: 100 }).map((units) => String.fromCharCode(...units)),
      },
      { requiredKeys: ['gpuCount'], noNullPrototype: true },
    ),
  },
  { requiredKeys: ['nodeKey', 'slot', 'late', 'digest', 'sentCs', 'receivedCs'], noNullPrototype: true },
);

const batch: fc.Arbitrary<AcceptedBatch> = fc
  .record({
    delegationKey: integer(1, 2 ** 31 - 1),
    counter: integer(1, 2 ** 31 - 1),
    firstSlot: slot(),
    slots: integer(0, 3),
    digest: fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes)),
    observer: integer(1, 32_767),
    beats: fc.array(beat, { maxLength: 30 }),
  })
  .map(({ slots, ...rest }) => ({ ...rest, lastSlot: rest.firstSlot + slots }));

test('Every batch comes out of a message as it went in', () => {
  fc.assert(
    fc.property(batch, (one) => expect(decodeMessage(encodeBatch(one))).toStrictEqual({ batches: [one], alive: [] })),
  );
});

test('Two batches in one message come out in their order', () => {
  fc.assert(
    fc.property(batch, batch, (first, second) =>
      expect(decodeMessage(Buffer.concat([encodeBatch(first), encodeBatch(second)]))).toStrictEqual({
        ...{ batches: [first, second], alive: [] },
      }),
    ),
  );
});

test('Seconds in which an observer was alive come out as they went in', () => {
  const seconds = fc.record(
    { observer: integer(1, 32_767), slot: slot(), bits: fc.bigInt({ min: 0n, max: 2n ** 60n - 1n }) },
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(fc.array(seconds, { minLength: 1, maxLength: 5 }), (rows) =>
      expect(decodeMessage(encodeSeconds(rows))).toStrictEqual({ batches: [], alive: rows }),
    ),
  );
});

test('A message that ends early or goes on is refused', () => {
  fc.assert(
    fc.property(batch, fc.nat(), (one, cut) => {
      const whole = encodeBatch(one);
      expect(() => decodeMessage(whole.subarray(0, cut % whole.length))).toThrow(UnreadableMessageError);
      expect(() => decodeMessage(Buffer.concat([whole, Buffer.of(formats.batch)]))).toThrow(UnreadableMessageError);
    }),
  );
});

test('Arbitrary bytes are refused or read, and never anything else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        decodeMessage(Buffer.concat([Buffer.of(formats.batch), bytes]));
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(UnreadableMessageError);
      }
    }),
  );
});

test('Another format is named in what is said of it', () => {
  const [one] = fc.sample(batch, 1);
  const message = encodeBatch(one as AcceptedBatch);
  message[0] = 7;
  expect(() => decodeMessage(message)).toThrow('Expected a message of format 1 or 2, got format 7');
});

test('Ten beats with all readings take less than 40 bytes each', () => {
  const beats = Array.from({ length: 10 }, (_, position) => ({
    ...{
      nodeKey: 90_000 + position,
      slot: 29_000_000,
      late: false,
      digest: 2n ** 62n,
      sentCs: 3_000,
      receivedCs: 3_010,
    },
    ...{ rttUs: 40_000, utilPermille: 900, memoryPermille: 800, jobs: 3 },
  }));
  const head = { delegationKey: 50_000, counter: 100_000, firstSlot: 29_000_000, lastSlot: 29_000_000, observer: 1 };
  expect(encodeBatch({ ...head, digest: Buffer.alloc(16), beats }).length).toBeLessThan(400);
});

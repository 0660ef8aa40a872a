import fc from 'fast-check';
import { type AbiEvent, type AbiParameter, encodeAbiParameters, encodeEventTopics } from 'viem';
import { getAdapter } from '../indexer/adapters/adapters.js';
import { createContracts } from '../indexer/decode/createContracts.js';
import { createDecoder } from '../indexer/decode/createDecoder.js';
import type { CanonicalEvent } from '../indexer/events/CanonicalEvent.js';
import { type DecodedLog, type RawLog, UNKNOWN_EVENT } from '../indexer/events/logs.js';
import type { Hex } from '../schema/lib/hex.js';
import { parseEvent } from '../schema/lib/parseEvent.js';
import type { Manifest } from '../schema/protocols/Manifest.js';
import { manifests, type Network } from '../schema/protocols/protocols.js';

const TIME = new Date(1_763_700_000_000);

const oddTexts = ['', '\u0000', '\ufeffBOM', '\u202egnp.exe', '{"region":1}', '[]', 'null', 'x'.repeat(5_000)];

/**
 * What every adapter must hold, whoever wrote it: logs of any content that the manifest's events allow go through the
 * real decoder, some to a transaction.
 */
describe.each(manifests)('adapter of $protocol', (manifest) => {
  const { network, decode, addressOf } = openNetwork(manifest);
  const adapter = getAdapter(manifest.protocol);
  const transactions = fc
    .array(fc.oneof(...toArbitraries(manifest)), { minLength: 1, maxLength: 4 })
    .map((logs) => logs.map((log, logIndex) => decode(toRawLog(addressOf(log.role), log, logIndex))));

  const adapt = (transaction: readonly DecodedLog[]) => {
    try {
      return adapter.adapt(transaction, new Map(), TIME);
    } catch (thrown) {
      // Bad data is set aside with the reason; a reason must be as repeatable as a meaning.
      return String(thrown);
    }
  };

  it('means the same by the same logs, whatever it saw before, and leaves them as they are', () => {
    fc.assert(
      fc.property(transactions, transactions, (transaction, other) => {
        for (const { args } of transaction) deepFreeze(args);
        const first = adapt(transaction);
        adapt(other);
        expect(adapt(transaction)).toEqual(first);
      }),
      { numRuns: 200 },
    );
  });

  it('answers every log once, in order', () => {
    fc.assert(
      fc.property(transactions, (transaction) => {
        const adapted = adapt(transaction);
        if (typeof adapted === 'string') return;
        expect(adapted.map(({ decoded }) => decoded)).toEqual(transaction);
      }),
      { numRuns: 100 },
    );
  });

  it('asks the same of contracts for the same log, and nothing twice under one key', () => {
    fc.assert(
      fc.property(transactions, (transaction) => {
        for (const decoded of transaction) {
          const reads = adapter.toReads?.(decoded, new Map()) ?? [];
          expect(adapter.toReads?.(decoded, new Map()) ?? []).toEqual(reads);
          expect(new Set(reads.map(({ key }) => key)).size).toBe(reads.length);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('makes ids that an index can hold, and amounts that are none below nothing', () => {
    fc.assert(
      fc.property(transactions, (transaction) => {
        const adapted = adapt(transaction);
        if (typeof adapted === 'string') return;
        for (const event of adapted.flatMap(({ events }) => events)) {
          for (const id of listIds(event)) expect(id).toMatch(/^[!-~]{1,200}$/);
          if ('amount' in event) expect(event.amount >= 0n).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('keeps what no ABI of ours knows, and gives it no meaning', () => {
    for (const role of Object.keys(manifest.events)) {
      const raw: RawLog = { ...toRawLog(addressOf(role), { topics: [`0x${'99'.repeat(32)}`], data: '0x01' }, 0) };
      const decoded = decode(raw);
      expect([decoded.name, decoded.network]).toEqual([UNKNOWN_EVENT, network]);
      const [adapted, ...rest] = adapter.adapt([decoded], new Map(), TIME);
      expect([adapted?.decoded, adapted?.events, rest]).toEqual([decoded, [], []]);
    }
  });
});

/** A network of the protocol in which every role has a contract. */
function openNetwork(manifest: Manifest) {
  const roles = Object.keys(manifest.events);
  const addressOf = (role: string): Hex => `0x${(0xa0 + roles.indexOf(role)).toString(16).padStart(40, '0')}`;
  const token = { symbol: 'TOK', decimals: 18 };
  const network: Network = {
    manifest,
    definition: {
      ...(manifest.networks[0] ?? {
        ...{ title: 'Test', summary: 'Test', chainName: 'Test', recorded: false, workToken: token, stakeToken: token },
        ...{ capabilities: manifest.capabilities },
      }),
      ...{ id: `${manifest.protocol}-test`, chainId: 1 },
      contracts: roles.map((role) => ({ role, address: addressOf(role), startBlock: 0 })),
    },
  };
  const read = createDecoder(createContracts([network]));
  const decode = (log: RawLog): DecodedLog => {
    const decoding = read(log);
    if (decoding.kind !== 'decoded') throw new Error(`Expected a log that decodes, got one that is ${decoding.kind}`);
    return decoding.decoded;
  };
  return { network, decode, addressOf };
}

interface LogContent {
  readonly topics: readonly Hex[];
  readonly data: Hex;
}

function toRawLog(address: Hex, { topics, data }: LogContent, logIndex: number): RawLog {
  const place = { height: 9, blockHash: `0x${'b1'.repeat(32)}`, txHash: `0x${'7a'.repeat(32)}`, txIndex: 0 } as const;
  return { ...place, logIndex, address, topics, data };
}

/** Logs of each event, as a contract would write them. */
function toArbitraries(manifest: Manifest) {
  return Object.entries(manifest.events).flatMap(([role, signatures]) =>
    signatures.map((signature) => {
      const event = parseEvent(signature);
      return fc
        .tuple(...event.inputs.map(toValue))
        .map((values) => ({ role, ...encodeLog(event, values as readonly unknown[]) }));
    }),
  );
}

function encodeLog(event: AbiEvent, values: readonly unknown[]): LogContent {
  // By position, for names may be missing or the same.
  const inputs = event.inputs.map((input, at) => ({ ...input, name: `p${at}` }));
  const args = Object.fromEntries(inputs.map(({ name }, at) => [name, values[at]]));
  const topics = encodeEventTopics({ abi: [{ ...event, inputs }], eventName: event.name, args }) as readonly Hex[];
  const plain = inputs.filter((input) => !input.indexed);
  return { topics, data: encodeAbiParameters(plain, plain.map(({ name }) => args[name]) as readonly unknown[]) };
}

/** Any value of a type, the odd ones more often than chance would have it. */
function toValue(parameter: AbiParameter): fc.Arbitrary<unknown> {
  const { type } = parameter;
  const array = /^(.*)\[(\d*)\]$/.exec(type);
  if (array) {
    const size = array[2] ? { minLength: Number(array[2]), maxLength: Number(array[2]) } : { maxLength: 3 };
    return fc.array(toValue({ ...parameter, type: array[1] ?? '' } as AbiParameter), size);
  }
  if ('components' in parameter) {
    const fields = parameter.components.map((component) => [component.name ?? '', toValue(component)] as const);
    return fc.record(Object.fromEntries(fields));
  }
  if (type === 'string') return fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom(...oddTexts));
  if (type === 'bool') return fc.boolean();
  if (type === 'address') return toBytes(20);
  const bytes = /^bytes(\d*)$/.exec(type);
  if (bytes) return bytes[1] ? toBytes(Number(bytes[1])) : fc.oneof(toBytes(0), toBytes(5), toBytes(64));
  const whole = /^(u?)int(\d*)$/.exec(type);
  if (!whole) throw new Error(`Expected a type of Solidity, got ${type}`);
  return toWhole({ signed: whole[1] === '', bits: Number(whole[2] || 256) });
}

function toWhole({ signed, bits }: { readonly signed: boolean; readonly bits: number }): fc.Arbitrary<unknown> {
  const max = 2n ** BigInt(signed ? bits - 1 : bits) - 1n;
  const min = signed ? -max - 1n : 0n;
  const few = max < 20n ? max : 20n;
  const value = fc.oneof(fc.bigInt(0n, few), fc.bigInt(min, max), fc.constantFrom(min, max));
  // viem takes the small types as numbers.
  return bits <= 48 ? value.map(Number) : value;
}

function toBytes(length: number): fc.Arbitrary<Hex> {
  const any = fc.uint8Array({ minLength: length, maxLength: length });
  const zeros = fc.constant(new Uint8Array(length));
  return fc.oneof({ weight: 4, arbitrary: any }, zeros).map((value): Hex => `0x${Buffer.from(value).toString('hex')}`);
}

/** Every native id that an event bears. */
function listIds(event: CanonicalEvent): readonly string[] {
  const named = [
    ...('provider' in event ? [event.provider] : []),
    ...('node' in event ? [event.node] : []),
    ...('job' in event ? [event.job] : []),
    ...('task' in event ? [event.task] : []),
    ...(event.kind === 'jobCreated' ? event.tasks.map(({ task }) => task) : []),
  ];
  return named.filter((id): id is string => id !== undefined);
}

function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  Object.freeze(value);
  for (const inner of Object.values(value)) deepFreeze(inner);
}

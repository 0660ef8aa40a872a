import fc from 'fast-check';
import { type AbiEvent, decodeEventLog, encodeAbiParameters, encodeEventTopics, type Hex, parseAbiItem } from 'viem';
import { parseEvent } from '../../schema/lib/parseEvent.js';
import { manifests } from '../../schema/protocols/protocols.js';
import { compileEvent } from './compileEvent.js';

const signatures = [
  ...manifests.flatMap((manifest) => Object.values(manifest.events).flat()),
  'event Mixed(int8 small, bool flag, bytes4 code, string words, bytes raw, int256 whole, address indexed who)',
  'event Hashed(string indexed words, bytes indexed raw, uint64 count)',
  'event Nothing()',
];

describe('compiled decoder', () => {
  it.each([...new Set(signatures)])('reads %s as viem does', (signature) => {
    const event = parseEvent(signature);
    const decode = compileEvent(event);
    fc.assert(
      fc.property(toValues(event), (values) => {
        const { topics, data } = encode(event, values);
        const { args } = decodeEventLog({ abi: [event], topics: topics as [Hex, ...Hex[]], data });
        expect(lower(decode(topics, data))).toEqual(lower(args ?? {}));
      }),
      { numRuns: 30 },
    );
  });

  it('refuses data that does not fit, and says why', () => {
    const event = parseAbiItem('event Named(uint256 count, string name)') as AbiEvent;
    const decode = compileEvent(event);
    const { topics, data } = encode(event, [7n, 'abc']);
    expect(decode(topics, data)).toEqual({ count: 7n, name: 'abc' });
    expect(() => decode(topics, '0x')).toThrow(/data of 0 bytes, expected 64/);
    expect(() => decode(topics, data.slice(0, 2 + 64 * 2) as Hex)).toThrow(/offset 64 lies outside/);
    const word = (value: bigint) => value.toString(16).padStart(64, '0');
    expect(() => decode(topics, `0x${word(1n)}${word(2n ** 255n)}`)).toThrow(/lies outside/);
    expect(() => decode(topics, `0x${word(1n)}${word(64n)}${word(2n ** 20n)}`)).toThrow(/length 1048576 lies outside/);
    const flag = compileEvent(parseAbiItem('event Flag(bool on)') as AbiEvent);
    expect(() => flag([], `0x${word(2n)}`)).toThrow(/boolean 2/);
    const topic = compileEvent(parseAbiItem('event By(address indexed who)') as AbiEvent);
    expect(() => topic(['0x00', '0x1234'], '0x')).toThrow(/topic 1 is not 32 bytes/);
  });
});

function encode(event: AbiEvent, values: readonly unknown[]): { topics: Hex[]; data: Hex } {
  const args = event.inputs.map((input, index) => ({ input, value: values[index] }));
  const plain = args.filter(({ input }) => !input.indexed);
  return {
    topics: encodeEventTopics({
      abi: [event],
      eventName: event.name,
      args: Object.fromEntries(args.map(({ input, value }) => [input.name, value])),
    }) as Hex[],
    data: encodeAbiParameters(
      plain.map(({ input }) => input),
      plain.map(({ value }) => value),
    ),
  };
}

interface Parameter {
  readonly type: string;
  readonly components?: readonly Parameter[];
  readonly name?: string;
}

function toValues(event: AbiEvent): fc.Arbitrary<unknown[]> {
  return fc.tuple(...event.inputs.map((input) => toValue(input)));
}

function toValue(input: Parameter): fc.Arbitrary<unknown> {
  if (input.type.endsWith('[]'))
    return fc.array(toValue({ ...input, type: input.type.slice(0, -2) }), { maxLength: 3 });
  const bits = Number(/\d+$/.exec(input.type)?.[0] ?? 256);
  if (input.type === 'tuple') {
    const parts = (input.components ?? []).map((part) => [part.name ?? '', toValue(part)] as const);
    return fc.record(Object.fromEntries(parts));
  }
  if (input.type === 'address') return toHex(20);
  if (input.type === 'bool') return fc.boolean();
  if (input.type === 'string') return fc.string({ unit: 'grapheme' }).filter((text) => !text.startsWith('\uFEFF'));
  if (input.type === 'bytes')
    return fc.uint8Array({ maxLength: 100 }).map((bytes) => `0x${Buffer.from(bytes).toString('hex')}`);
  if (input.type.startsWith('bytes')) return toHex(bits);
  const limit = 2n ** BigInt(bits);
  const isSigned = input.type.startsWith('int');
  const value = fc.bigInt(isSigned ? { min: -limit / 2n, max: limit / 2n - 1n } : { min: 0n, max: limit - 1n });
  return bits <= 48 ? value.map(Number) : value;
}

function toHex(bytes: number): fc.Arbitrary<string> {
  return fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .map((value) => `0x${Buffer.from(value).toString('hex')}`);
}

/** viem writes addresses with a checksum and small integers as number. */
function lower(value: unknown): unknown {
  if (typeof value === 'string' && value.startsWith('0x')) return value.toLowerCase();
  if (typeof value === 'number') return BigInt(value);
  if (Array.isArray(value)) return value.map(lower);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, lower(entry)]));
  }
  return value;
}

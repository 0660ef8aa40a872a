import fc from 'fast-check';
import { readJobMetadata } from './readJobMetadata.js';

const real = {
  instance: 'c6a.xlarge',
  region: 'ap-south-1',
  memory: 4096,
  vcpu: 2,
  url: 'https://artifacts.example/enclave.eif',
  name: 'api',
  family: 'tuna',
  debug: false,
};
const asBytes = (text: string) => `0x${Buffer.from(text).toString('hex')}`;

describe("a job's metadata", () => {
  it('is read as text, from text and from bytes', () => {
    const fields = { ...real, memory: '4096', vcpu: '2', debug: 'false' };
    expect(readJobMetadata(JSON.stringify(real))).toEqual(fields);
    expect(readJobMetadata(asBytes(JSON.stringify(real)))).toEqual(fields);
  });

  it.each([
    ['nothing', ''],
    ['empty bytes', '0x'],
    ['no JSON', 'c6a.xlarge'],
    ['half of it', '{"region":"ap-south-1"'],
    ['a list', '["region"]'],
    ['null', 'null'],
    ['a number', '7'],
    ['text', '"region"'],
    ['bytes that are no UTF-8', '0xff00fe'],
    ['bytes cut in half', '0x7b7'],
    ['a NUL before it', '\u0000{"region":"ap-south-1"}'],
    ['an abyss', '['.repeat(60_000)],
    ['an abyss of objects', `${'{"a":'.repeat(12_000)}1${'}'.repeat(12_000)}`],
    ['more than anybody needs', JSON.stringify({ region: 'ap-south-1', pad: 'x'.repeat(70_000) })],
    ['more bytes than anybody needs', asBytes(JSON.stringify({ region: 'ap-south-1', pad: 'x'.repeat(70_000) }))],
    ['no text at all', undefined],
  ])('has no fields where it is %s', (_, metadata) => {
    expect(readJobMetadata(metadata)).toEqual({});
  });

  it('leaves out values that are no text, empty, or too long', () => {
    const values = { list: ['x'], deep: { region: 'x' }, none: null, empty: ' \t', long: 'x'.repeat(513) };
    expect(readJobMetadata(JSON.stringify({ ...values, region: 'ap-south-1' }))).toEqual({ region: 'ap-south-1' });
    expect(readJobMetadata('{"memory":1e999,"region":"ap-south-1"}')).toEqual({ region: 'ap-south-1' });
  });

  it('leaves out names that are no identifiers, and does not fall for special ones', () => {
    const text = '{"__proto__":{"region":"x"},"":"x","a b":"x","<b>":"x","7":"x","constructor":"y"}';
    expect(readJobMetadata(text)).toEqual({ constructor: 'y' });
    expect(readJobMetadata(JSON.stringify({ ['n'.repeat(33)]: 'x' }))).toEqual({});
  });

  it('is cleaned of what cannot be stored or shown', () => {
    expect(readJobMetadata('{"name":" a\\u0000p\\u202Ei\\ud800\\n "}')).toEqual({ name: 'api' });
    expect(readJobMetadata('{"name":"日本 \\ud83d\\ude80"}')).toEqual({ name: '日本 🚀' });
  });

  it('keeps sixteen fields at most', () => {
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`field${index}`, index]));
    expect(Object.keys(readJobMetadata(JSON.stringify(many)))).toHaveLength(16);
  });

  it('never throws, and is always short text', () => {
    const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.json());
    const named = fc
      .dictionary(fc.string({ unit: 'grapheme-ascii' }), fc.jsonValue())
      .map((one) => JSON.stringify(one));
    fc.assert(
      fc.property(fc.oneof(anything, named), fc.boolean(), (text, isBytes) => {
        for (const [name, value] of Object.entries(readJobMetadata(isBytes ? asBytes(text) : text))) {
          expect(name).toMatch(/^[A-Za-z]\w*$/);
          expect(value.length).toBeGreaterThan(0);
          expect(value.length).toBeLessThanOrEqual(512);
          expect(Buffer.from(value).toString()).toBe(value);
        }
      }),
    );
  });
});

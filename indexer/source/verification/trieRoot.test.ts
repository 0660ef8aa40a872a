import fc from 'fast-check';
import { type Hex, toHex, toRlp } from 'viem';
import { keccak256 } from './keccak256.js';
import { EMPTY_ROOT, listRoot, toNibbles, trieRoot } from './trieRoot.js';

/** From the Ethereum Foundation's tests, TrieTests/trieanyorder.json. */
const vectors: readonly (readonly [Readonly<Record<string, string>>, string])[] = [
  [{ A: 'a'.repeat(50) }, '0xd23786fb4a010da3ce639d66d5e904a11dbc02746d1ce25029e53290cabf28ab'],
  [
    { doe: 'reindeer', dog: 'puppy', dogglesworth: 'cat' },
    '0x8aad789dff2f538bca5d8ea56e8abe10f4c7ba3a5dea95fea4cd6e7c3a1168d3',
  ],
  [
    { do: 'verb', dog: 'puppy', doge: 'coin', horse: 'stallion' },
    '0x5991bb8c6514148a29db676a14ac506cd2cd5775ace63c30a4fe457715e9ac84',
  ],
  [{ foo: 'bar', food: 'bass' }, '0x17beaa1648bafa633cda809c90c04af50fc8aed3cb40d16efbddee6fdf63c4c3'],
  [{ be: 'e', bed: 'd', dog: 'puppy' }, '0x3f67c7a47520f79faa29255d2d3c084a7a6df0453116ed7232ff10277a8be68b'],
  [{ te: 'testy', test: 'test' }, '0x8452568af70d8d140f58d941338542f645fcca50094b20f3c3d8c3df49337928'],
];

describe('trieRoot', () => {
  it.each(vectors)('has the root of the published vector %j', (entries, root) => {
    const sorted = Object.entries(entries).map(([key, value]) => ({
      nibbles: toNibbles(Buffer.from(key)),
      encode: () => Buffer.from(value),
    }));
    expect(trieRoot(sorted)).toBe(root);
  });

  it('has the root of nothing for nothing', () => {
    expect(trieRoot([])).toBe(EMPTY_ROOT);
    expect(listRoot([], () => new Uint8Array())).toBe(EMPTY_ROOT);
    expect(EMPTY_ROOT).toBe('0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421');
  });

  it('takes keys out of order for the bug they are', () => {
    const entry = (key: number) => ({ nibbles: Uint8Array.of(key), encode: () => Uint8Array.of(1) });
    expect(() => trieRoot([entry(2), entry(1)])).toThrow('sorted by key');
    expect(() => trieRoot([entry(1), entry(1)])).toThrow('sorted by key');
  });
});

/** A trie grown node by node, as the yellow paper has it, to hold the other against: nothing of it is sorted. */
type Node =
  | { kind: 'leaf'; path: string; value: Hex }
  | { kind: 'extension'; path: string; child: Node }
  | { kind: 'branch'; children: Record<string, Node>; value?: Hex };

function insert(node: Node | undefined, path: string, value: Hex): Node {
  if (!node) return { kind: 'leaf', path, value };
  if (node.kind === 'branch') {
    if (path === '') return { ...node, value };
    const child = insert(node.children[path.charAt(0)], path.slice(1), value);
    return { ...node, children: { ...node.children, [path.charAt(0)]: child } };
  }
  let shared = 0;
  while (shared < path.length && path[shared] === node.path[shared]) shared += 1;
  if (node.kind === 'extension' && shared === node.path.length)
    return { ...node, child: insert(node.child, path.slice(shared), value) };
  let branch: Node = { kind: 'branch', children: {} };
  const rest = node.path.slice(shared);
  if (node.kind === 'leaf') branch = insert(branch, rest, node.value);
  else {
    const below: Node = rest.length === 1 ? node.child : { ...node, path: rest.slice(1) };
    branch = { kind: 'branch', children: { [rest.charAt(0)]: below } };
  }
  branch = insert(branch, path.slice(shared), value);
  return shared === 0 ? branch : { kind: 'extension', path: path.slice(0, shared), child: branch };
}

type RlpItem = Hex | RlpItem[];

function toItem(node: Node): RlpItem {
  if (node.kind === 'branch')
    return [...[...'0123456789abcdef'].map((nibble) => toLink(node.children[nibble])), node.value ?? '0x'];
  const [flag, target] = node.kind === 'leaf' ? [2, node.value] : [0, toLink(node.child)];
  return [node.path.length % 2 ? `0x${flag + 1}${node.path}` : `0x${flag}0${node.path}`, target];
}

function toLink(node: Node | undefined): RlpItem {
  if (!node) return '0x';
  const item = toItem(node);
  const encoded = toRlp(item, 'bytes');
  return encoded.length < 32 ? item : toHex(keccak256(encoded));
}

function referenceRoot(entries: readonly (readonly [key: Hex, value: Hex])[]): Hex {
  const root = entries.reduce<Node | undefined>((node, [key, value]) => insert(node, key.slice(2), value), undefined);
  return toHex(keccak256(toRlp(root ? toItem(root) : '0x', 'bytes')));
}

const toInteger = (value: number): Hex =>
  value === 0 ? '0x' : toHex(value).length % 2 ? `0x0${toHex(value).slice(2)}` : toHex(value);

describe('trieRoot beside the reference', () => {
  const bytes = (min: number, max: number) =>
    fc.uint8Array({ minLength: min, maxLength: max }).map((array) => Buffer.from(array).toString('hex'));

  it('has the root of the reference for any keys and values', () => {
    const entries = fc.uniqueArray(fc.tuple(bytes(1, 4), bytes(1, 40)), { selector: ([key]) => key, maxLength: 60 });
    fc.assert(
      fc.property(entries, (pairs) => {
        const sorted = [...pairs].sort(([one], [other]) => (one < other ? -1 : 1));
        const root = trieRoot(
          sorted.map(([key, value]) => ({
            nibbles: toNibbles(Buffer.from(key, 'hex')),
            encode: () => Buffer.from(value, 'hex'),
          })),
        );
        expect(root).toBe(referenceRoot(pairs.map(([key, value]) => [`0x${key}`, `0x${value}`])));
      }),
      { numRuns: 500 },
    );
  });

  it.each([1, 2, 16, 17, 127, 128, 129, 130, 255, 256, 257, 300, 1_000])('has it for a list of %d', (length) => {
    const values = [...Array(length).keys()].map((index) => Buffer.alloc(1 + (index % 50), index + 1));
    const reference = values.map((value, index) => [toRlp(toInteger(index)), toHex(value)] as const);
    expect(listRoot(values, (value) => value)).toBe(referenceRoot(reference));
  });
});

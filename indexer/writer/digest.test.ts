import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DigestSum, emptyDigest, toCanonical, toDigest, toLeaf } from './digest.js';

/** The rows and numbers of oracle DIG-01, which were computed apart from this code. */
const rows = [
  { table: 'job', pk: '0x01', columns: { buyer: '0xaa', provider: '0xbb', state: 'settled', usd: '12.5' } },
  { table: 'job', pk: '0x02', columns: { buyer: '0xaa', provider: '0xbb', state: 'disputed', usd: null } },
  { table: 'provider', pk: '0xbb', columns: { name_bytes: '0x61', stake: '1000000000000000000000' } },
];
const expected = {
  leaves: [
    '86da2d124a9f284f5c7e755921ff076448d06306e3d89fe353ea9332a26f63e7',
    'f5d5aa074953b0e58f58c626356ad8d8a76ade3e9e597dff26a0bc81aa19e905',
    'f7a29d518b8d9bd607cda43257d69a4c95b9d9c611d9c59d9dc32095ea33d799',
  ],
  sum: '0x7452746b1f80750af3a4dfb1af407a8985f51b0b940be380184e704a36bd2485',
  digest: 'e35adc6a79541bed92a723683fac0d15aef2e298d266827d4e4c8c30ba40c303',
  sumAfterRemovingThirdRow: '0x7cafd71993f2d934ebd73b7f5769e03cf03b414582321de27a8b4fb44c894cec',
  digestFirstTwoRows: '3454387a30fa72ac7cac04f0d1c35d1b0329dc5caa1b682fbb40a67e93ba8ee3',
  emptyDigest: 'fb6e95bae47bf04fa03658afcf57b88a2f9674624a62b12e2d86cf8bfbf97d43',
};

const leaves = rows.map(({ table, pk, columns }) => toLeaf(table, pk, columns));

function sumOf(given: readonly string[]): DigestSum {
  const sum = new DigestSum();
  for (const leaf of given) sum.add(leaf);
  return sum;
}

function toHexSum(sum: DigestSum): string {
  return `0x${sum.snapshot().sum.toString('hex')}`;
}

describe('the state digest (DIG-01)', () => {
  it('has the leaves, the sum and the digest of the oracle, in any order', () => {
    expect(leaves.map((leaf) => Buffer.from(leaf, 'latin1').toString('hex'))).toEqual(expected.leaves);
    const sum = sumOf(leaves);
    expect(toHexSum(sum)).toBe(expected.sum);
    expect(toDigest(sum.snapshot())).toBe(`0x${expected.digest}`);
    expect(toDigest(sumOf([...leaves].reverse()).snapshot())).toBe(`0x${expected.digest}`);
    expect(toDigest(emptyDigest)).toBe(`0x${expected.emptyDigest}`);
  });

  it('takes a row out again as if it had never been there', () => {
    const sum = sumOf(leaves);
    sum.subtract(leaves[2] ?? '');
    expect(toHexSum(sum)).toBe(expected.sumAfterRemovingThirdRow);
    expect(toDigest(sum.snapshot())).toBe(`0x${expected.digestFirstTwoRows}`);
    for (const leaf of leaves.slice(0, 2)) sum.subtract(leaf);
    expect(sum.snapshot()).toEqual(emptyDigest);
  });

  it('carries through all limbs, and goes on from what was kept', () => {
    const ones = '\xff'.repeat(32);
    const sum = new DigestSum();
    for (let count = 0; count < 1_000; count++) sum.add(ones);
    const naive = (1_000n * (2n ** 256n - 1n)) % 2n ** 256n;
    expect(BigInt(toHexSum(sum))).toBe(naive);
    const resumed = new DigestSum();
    resumed.reset(sum.snapshot());
    resumed.add(leaves[0] ?? '');
    sum.add(leaves[0] ?? '');
    expect(resumed.snapshot()).toEqual(sum.snapshot());
    expect(resumed.rows).toBe(1_001);
  });

  it('writes each kind of value in one way only', () => {
    const tree = { b: ['x', { d: null, c: 'ü\u0000' }], a: 12n, n: 3 };
    expect(toCanonical(tree)).toBe('{"a":"12","b":["x",{"c":"ü\uFFFD","d":null}],"n":3}');
    expect(toCanonical(12n)).toBe('"12"');
    expect(toCanonical(12)).toBe('"12"');
    expect(toCanonical('12')).toBe('"12"');
    expect(toCanonical(Buffer.from([0, 255]))).toBe('"0x00ff"');
    expect(toCanonical([Buffer.from([1]), null, true])).toBe('["0x01",null,true]');
    expect(toCanonical(new Date(0))).toBe('"1970-01-01T00:00:00.000Z"');
    expect(toCanonical(undefined)).toBe('null');
  });
});

const oracles = fileURLToPath(new URL('../../../shared/oracles/metric-oracles.json', import.meta.url));
const ifShared = existsSync(oracles) ? it : it.skip;

ifShared(
  'the numbers frozen here are those of ../shared/oracles (skipped where they are not beside this checkout)',
  () => {
    const all = JSON.parse(readFileSync(oracles, 'utf8')) as { id: string; inputs: object; expected: object }[];
    const oracle = all.find(({ id }) => id === 'DIG-01');
    expect(oracle?.inputs).toMatchObject({ rows });
    expect(oracle?.expected).toMatchObject(expected);
  },
);

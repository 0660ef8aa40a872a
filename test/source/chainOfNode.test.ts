import { systemRuntime } from '../../indexer/lib/systemRuntime.js';
import type { FetchedRange, Filter } from '../../indexer/source/ChainSource.js';
import { createChainSource } from '../../indexer/source/createChainSource.js';
import { createEndpointPool } from '../../indexer/source/endpoints/createEndpointPool.js';
import type { VerificationPolicy } from '../../indexer/source/verification/chainRules.js';
import type { Hex } from '../../schema/lib/hex.js';
import { type OpenAnvil, openAnvil } from '../lib/openAnvil.js';
import { word } from './scriptedChain.js';

/** A real node's chain: odd blocks hold two logs of a contract and one of another, even ones nothing. */
let anvil: OpenAnvil;

const [contract, other]: readonly Hex[] = [`0x${'ab'.repeat(20)}`, `0x${'cd'.repeat(20)}`];
const BLOCKS = 20;
const filter: Filter = { addresses: [contract ?? '0x'], topics: [word(7)] };

beforeAll(async () => {
  anvil = await openAnvil({ keptStates: 20 });
  const [from] = anvil.accounts;
  // Stores a word and logs it with one topic.
  const code = `0x60aa6000527f${word(7).slice(2)}60206000a100`;
  for (const address of [contract, other]) await anvil.rpc.call('anvil_setCode', address, code);
  for (let block = 1; block <= BLOCKS; block += 1) {
    const targets = block % 2 === 1 ? [contract, other, contract] : [];
    for (const to of targets) await anvil.rpc.call('eth_sendTransaction', { from, to, gas: '0x186a0' });
    await anvil.rpc.call('evm_mine');
  }
});

afterAll(async () => {
  await anvil.close();
});

function createSource(policy?: VerificationPolicy) {
  const endpoints = [{ url: anvil.url }];
  const pool = createEndpointPool({ chainId: 31_337, endpoints, runtime: systemRuntime });
  return { pool, source: createChainSource({ pool, chainId: 31_337, policy: { backfill: policy, head: policy } }) };
}

const oddHeights = Array.from({ length: BLOCKS / 2 }, (_, at) => 2 * at + 1);
const expected = oddHeights.flatMap((height) => [
  [height, 0],
  [height, 2],
]);

describe('the chain of a real node', () => {
  it.each([
    [undefined, 'exact', 2],
    ['superset', 'superset', 1],
    ['off', 'none', 1],
  ] as const)('is read as a range with the policy %s: level %s, %i requests', async (policy, level, requests) => {
    const { pool, source } = createSource(policy);
    await source.getHead();
    const before = countRequests(pool);
    const range = (await source.fetchRange({ from: 0, to: BLOCKS, filter })) as FetchedRange;
    expect(range).toMatchObject({ kind: 'fetched', level });
    expect(range.logs.map(({ height, logIndex }) => [height, logIndex])).toEqual(expected);
    expect(countRequests(pool) - before).toBe(requests);
    await source.close();
  });

  it('is followed by hash, exactly', async () => {
    const { pool, source } = createSource();
    const headers = await source.listHeaders([18, 19, 20]);
    const before = countRequests(pool);
    const blocks = await source.fetchBlocks(headers, filter);
    expect(blocks.map(({ header, level, logs }) => [header.height, level, logs.length])).toEqual([
      [18, 'exact', 0],
      [19, 'exact', 2],
      [20, 'exact', 0],
    ]);
    expect(countRequests(pool) - before).toBe(1);
    expect(await source.findHeader(headers[1]?.hash ?? '0x')).toEqual(headers[1]);
    expect(await source.findHeader(word(1))).toBeUndefined();
    expect((await source.getHead()).height).toBe(BLOCKS);
    expect((await source.getFinality()).finalized).toBeLessThanOrEqual(BLOCKS);
    await source.close();
  });
});

function countRequests(pool: ReturnType<typeof createSource>['pool']): number {
  return pool.listScores().reduce((sum, { requests }) => sum + requests, 0);
}

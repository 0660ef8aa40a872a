import { decodeFunctionData, encodeFunctionResult, parseAbi } from 'viem';
import { RetryableError } from '../../../schema/lib/errors.js';
import type { Hex } from '../../../schema/lib/hex.js';
import { createScriptedPool, type ScriptedNode } from '../../../test/source/createScriptedPool.js';
import { failure, quantity, result, stranger, word } from '../../../test/source/scriptedChain.js';
import type { ContractRead } from '../../events/ContractRead.js';
import type { RpcAnswer } from '../rpc/Transport.js';
import { createContractReader } from './createContractReader.js';
import { MULTICALL_ADDRESS } from './multicall.js';

const signature = 'function price(uint256 id) view returns (uint256)';
const target: Hex = `0x${'ab'.repeat(20)}`;
const abi = parseAbi([
  'struct Call3 { address target; bool allowFailure; bytes callData; }',
  'struct Result { bool success; bytes returnData; }',
  'function aggregate3(Call3[] calls) payable returns (Result[] returnData)',
  signature,
]);

function toRead(id: number, change: Partial<ContractRead> = {}): ContractRead {
  const block = { blockHash: word(5), height: 5 };
  return { key: `price:${id}`, address: target, signature, args: [BigInt(id)], ...block, immutable: true, ...change };
}

interface NodeOptions {
  readonly head?: number;
  /** Whether Multicall3 is there now, and from which block's hash on. */
  readonly multicall?: boolean;
  readonly multicallSince?: Hex;
  /** Answers to a single call; undefined: the contract tells ten times the id. */
  readonly answer?: (id: bigint, block: unknown) => RpcAnswer | undefined;
  /** What the bundle says of a call; undefined: what it says alone. */
  readonly bundled?: (id: bigint) => { success: boolean; returnData: Hex } | undefined;
  readonly bundle?: () => RpcAnswer | undefined;
}

function createNode(options: NodeOptions = {}): ScriptedNode {
  const { head = 9, multicall = false, multicallSince = word(0), answer, bundled, bundle } = options;
  const call = (data: Hex, block: unknown): RpcAnswer => {
    const { args } = decodeFunctionData({ abi, data });
    const id = args[0] as bigint;
    return answer?.(id, block) ?? result(encodeFunctionResult({ abi, functionName: 'price', result: id * 10n }));
  };
  return ({ method, params }) => {
    if (method === 'eth_getCode') return result(multicall ? '0x60' : '0x');
    if (method === 'eth_getBlockByNumber')
      return result({ number: quantity(head), hash: word(head), parentHash: word(8), timestamp: '0x1' });
    const [{ to, data }, block] = params as [{ to: Hex; data: Hex }, { blockHash?: Hex } | string];
    if (to !== MULTICALL_ADDRESS) return to === target ? call(data, block) : result('0x');
    if (typeof block === 'object' && (block.blockHash ?? '0x') < multicallSince) return result('0x');
    const refused = bundle?.();
    if (refused) return refused;
    const [calls] = decodeFunctionData({ abi, data }).args as unknown as [{ target: Hex; callData: Hex }[]];
    const results = calls.map((one) => {
      if (one.target.toLowerCase() !== target) return { success: true, returnData: '0x' as Hex };
      const known = bundled?.(decodeFunctionData({ abi, data: one.callData }).args[0] as bigint);
      const alone = call(one.callData, block);
      if (known) return known;
      return alone.kind === 'result'
        ? { success: true, returnData: alone.value as Hex }
        : { success: false, returnData: '0x' as Hex };
    });
    return result(encodeFunctionResult({ abi, functionName: 'aggregate3', result: results }));
  };
}

function read(nodes: Readonly<Record<string, ScriptedNode>>, reads: readonly ContractRead[]) {
  const pool = createScriptedPool(nodes);
  return { pool, answers: createContractReader({ pool }).read(reads) };
}

const many = Array.from({ length: 250 }, (_, id) => toRead(id));
const expected = new Map(many.map(({ key }, id) => [key, BigInt(id) * 10n]));

describe('contract reads', () => {
  it('are bundled by Multicall3 where it is deployed, pinned to the block by its hash', async () => {
    const { pool, answers } = read({ a: createNode({ multicall: true }) }, many);
    expect(await answers).toEqual(expected);
    expect(pool.requests.map(({ calls }) => calls.length)).toEqual([1, 3]);
    expect(pool.requests[1]?.calls[0]?.params[1]).toEqual({ blockHash: word(5) });
  });

  it('look for Multicall3 once, and ask nothing for no reads', async () => {
    const pool = createScriptedPool({ a: createNode({ multicall: true }) });
    const reader = createContractReader({ pool });
    expect(await reader.read([])).toEqual(new Map());
    await reader.read([toRead(1)]);
    await reader.read([toRead(2), toRead(3, { blockHash: word(6) })]);
    expect(pool.requests.map(({ calls }) => calls.map(({ method }) => method))).toEqual([
      ['eth_getCode'],
      ['eth_call'],
      ['eth_call', 'eth_call'],
    ]);
  });

  it('are many in one request where it is not', async () => {
    const { pool, answers } = read({ a: createNode() }, many);
    expect(await answers).toEqual(expected);
    expect(pool.requests.map(({ calls }) => calls.length)).toEqual([1, 100, 100, 50]);
  });

  it('are single calls at blocks of before its deployment', async () => {
    const node = createNode({ multicall: true, multicallSince: word(6) });
    const { pool, answers } = read({ a: node }, [toRead(1), toRead(2), toRead(3, { blockHash: word(7) })]);
    expect((await answers).size).toBe(3);
    expect(pool.requests.map(({ calls }) => calls.length)).toEqual([1, 2, 2]);
  });

  it.each([true, false])('tell no answer apart from a state that is gone (Multicall3: %s)', async (multicall) => {
    const answer = (id: bigint) => {
      if (id === 1n) return failure(3, 'execution reverted');
      if (id === 2n) return result('0x');
      return id === 3n ? result('0x1234') : undefined;
    };
    const reads = [toRead(1), toRead(2), toRead(3), toRead(4), toRead(5, { address: stranger })];
    expect(await read({ a: createNode({ answer, multicall }) }, reads).answers).toEqual(
      new Map([
        ['price:1', undefined],
        ['price:2', undefined],
        ['price:3', undefined],
        ['price:4', 40n],
        ['price:5', undefined],
      ]),
    );
  });

  it('are asked alone before it counts that they failed in a bundle', async () => {
    const bundled = (id: bigint) => (id > 2n ? { success: false, returnData: '0x' as Hex } : undefined);
    const { answers } = read({ a: createNode({ multicall: true, bundled }) }, [toRead(1), toRead(3), toRead(4)]);
    expect(await answers).toEqual(
      new Map([
        ['price:1', 10n],
        ['price:3', 30n],
        ['price:4', 40n],
      ]),
    );
  });

  it('are asked alone where a bundle is too much for a node', async () => {
    const bundle = () => failure(-32_000, 'out of gas');
    expect(await read({ a: createNode({ multicall: true, bundle }) }, many).answers).toEqual(expected);
  });

  describe('of a state that is gone', () => {
    const gone = (_: bigint, block: unknown) =>
      block === 'latest' ? undefined : failure(-32_000, 'missing trie node 12ab (path )');

    it('are asked of the latest block when the answer never changes, else left out', async () => {
      const bundle = () => failure(-32_000, 'missing trie node 12ab (path )');
      const reads = [toRead(1), toRead(2, { immutable: false })];
      for (const node of [createNode({ answer: gone }), createNode({ answer: gone, multicall: true, bundle })]) {
        expect(await read({ a: node }, reads).answers).toEqual(new Map([['price:1', 10n]]));
      }
    });

    it('are not taken for no answer because nothing answers now', async () => {
      const answer = (id: bigint, block: unknown) => (block === 'latest' ? result('0x') : gone(id, block));
      expect(await read({ a: createNode({ answer }) }, [toRead(1)]).answers).toEqual(new Map());
    });

    it('are asked of a node that has come so far', async () => {
      const behind = createNode({ answer: gone, head: 4 });
      await expect(read({ a: behind }, [toRead(1)]).answers).rejects.toThrow(RetryableError);
      expect(await read({ behind, ahead: createNode({ answer: gone }) }, [toRead(1)]).answers).toEqual(
        new Map([['price:1', 10n]]),
      );
    });

    it('are asked again where the node has just moved on', async () => {
      let failures = 2;
      const answer = (id: bigint, block: unknown) => {
        failures -= block === 'latest' ? 1 : 0;
        return failures >= 0 ? gone(id, 'past') : undefined;
      };
      expect(await read({ a: createNode({ answer }) }, [toRead(1)]).answers).toEqual(new Map([['price:1', 10n]]));
    });

    it('are gathered from as many latest blocks as it takes, where a node forgets them faster than it answers', async () => {
      const ids = Array.from({ length: 40 }, (_, index) => index + 1);
      let asked = 0;
      const answer = (id: bigint, block: unknown) => {
        asked += block === 'latest' ? 1 : 0;
        return asked % 3 === 0 ? gone(id, block) : gone(id, 'past');
      };
      const { answers } = read(
        { a: createNode({ answer }) },
        ids.map((id) => toRead(id)),
      );
      expect(await answers).toEqual(new Map(ids.map((id) => [`price:${id}`, BigInt(id) * 10n])));
    });
  });

  it('try another endpoint where the block is not known, and say so where none knows it', async () => {
    const lagging = createNode({ answer: () => failure(-32_000, 'header not found') });
    expect(await read({ lagging, other: createNode() }, [toRead(1)]).answers).toEqual(new Map([['price:1', 10n]]));
    await expect(read({ lagging }, [toRead(1)]).answers).rejects.toThrow(/lagging: eth_call: header not found/);
  });
});

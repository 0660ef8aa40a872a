import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { ContractRead } from '../../indexer/events/ContractRead.js';
import { systemRuntime } from '../../indexer/lib/systemRuntime.js';
import { createEndpointPool } from '../../indexer/source/endpoints/createEndpointPool.js';
import type { EndpointPool } from '../../indexer/source/endpoints/EndpointPool.js';
import { createContractReader } from '../../indexer/source/reads/createContractReader.js';
import { MULTICALL_ADDRESS } from '../../indexer/source/reads/multicall.js';
import { type Hex, toHex } from '../../schema/lib/hex.js';
import { type OpenAnvil, openAnvil } from '../lib/openAnvil.js';

/** Reads of a real node. Multicall3 itself is what is read: it tells of the block in which it is called. */
let anvil: OpenAnvil;
let pool: EndpointPool;

const contract: Hex = `0x${'ab'.repeat(20)}`;

beforeAll(async () => {
  anvil = await openAnvil({ keptStates: 20 });
  const endpoints = [{ url: anvil.url }];
  pool = createEndpointPool({ chainId: 31_337, endpoints, runtime: systemRuntime });
  await anvil.rpc.call('anvil_setCode', contract, readMulticallCode());
  await mine(5);
});

afterAll(async () => {
  await pool.close();
  await anvil.close();
});

/** Its creation code is in viem, for nodes on which it is not deployed; what is deployed stands behind the constructor. */
function readMulticallCode(): string {
  const viem = path.dirname(createRequire(import.meta.url).resolve('viem'));
  const source = readFileSync(path.join(viem, 'constants', 'contracts.js'), 'utf8');
  const [, runtime = ''] = /multicall3Bytecode = '0x[0-9a-f]*?f3fe([0-9a-f]+)'/.exec(source) ?? [];
  return `0x${runtime}`;
}

async function mine(blocks: number): Promise<void> {
  for (let block = 0; block < blocks; block += 1) await anvil.rpc.call('evm_mine');
}

async function toRead(height: number, change: Partial<ContractRead> = {}): Promise<ContractRead> {
  const block = (await anvil.rpc.call('eth_getBlockByNumber', `0x${height.toString(16)}`, false)) as { hash: Hex };
  const signature = 'function getBlockNumber() view returns (uint256)';
  const where = { address: contract, blockHash: block.hash, height };
  return { key: `block:${height}`, signature, args: [], immutable: false, ...where, ...change };
}

function countCalls(): number {
  return pool.listScores().reduce((sum, { calls }) => sum + calls, 0);
}

describe('contract reads of a real node', () => {
  it('tell of the block that they are pinned to, one by one', async () => {
    const reads = [await toRead(2), await toRead(3), await toRead(4)];
    expect(await createContractReader({ pool }).read(reads)).toEqual(
      new Map([
        ['block:2', 2n],
        ['block:3', 3n],
        ['block:4', 4n],
      ]),
    );
  });

  it('have no answer of a function that reverts, and of an address without code', async () => {
    const reads = [
      await toRead(3, { key: 'reverts', signature: 'function nothing() view returns (uint256)' }),
      await toRead(3, { key: 'empty', address: `0x${'cd'.repeat(20)}` }),
    ];
    expect(await createContractReader({ pool }).read(reads)).toEqual(
      new Map([
        ['reverts', undefined],
        ['empty', undefined],
      ]),
    );
  });

  it('are one call for many once Multicall3 is deployed, and single calls for blocks of before', async () => {
    await anvil.rpc.call('anvil_setCode', MULTICALL_ADDRESS, readMulticallCode());
    await mine(2);
    const reader = createContractReader({ pool });
    await reader.read([await toRead(7)]);
    const before = countCalls();
    const balance = 'function getEthBalance(address account) view returns (uint256)';
    const together = await Promise.all(
      Array.from({ length: 50 }, (_, at) =>
        toRead(7, { key: `balance:${at}`, signature: balance, args: [toHex(Buffer.alloc(20, at + 1))] }),
      ),
    );
    const answers = await reader.read([...together, await toRead(7), await toRead(3)]);
    expect(answers.size).toBe(52);
    expect([answers.get('balance:9'), answers.get('block:7'), answers.get('block:3')]).toEqual([0n, 7n, 3n]);
    // A bundle for block 7, one for block 3, where it was not there yet, and that block's only call alone.
    expect(countCalls() - before).toBe(3);
  });

  it('fall back to the latest block when the state is pruned and the answer never changes', async () => {
    const [forever, fleeting] = [
      await toRead(6, { key: 'forever', signature: 'function getChainId() view returns (uint256)', immutable: true }),
      await toRead(6, { key: 'fleeting' }),
    ];
    await mine(60);
    expect(await createContractReader({ pool }).read([forever, fleeting])).toEqual(new Map([['forever', 31_337n]]));
  });
});

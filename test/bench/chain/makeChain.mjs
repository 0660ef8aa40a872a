import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import { encodeDeployData, encodeFunctionData } from 'viem';
import { findAnvil, reservePort } from '../../../dist/devnet/anvil.js';
import { compileContract } from './compileContract.mjs';
import { createRpcClient } from './rpcClient.mjs';
import { BENCH_CHAIN_ID, TAIL_BLOCKS } from './shapes.mjs';

/**
 * Lets anvil mine the contract's stream in the given shape and records every block with its receipts, one JSON line
 * each: `chain.ndjson.gz`, with `abi.json` and `meta.json` beside it. The same shape gives the same block hashes.
 */
export async function makeChain(shape, folder) {
  mkdirSync(folder, { recursive: true });
  const { abi, bytecode } = compileContract();
  const anvil = await startAnvil();
  try {
    const chain = await mine(anvil.rpc, { shape, abi, bytecode });
    const logs = await record(anvil.rpc, { file: join(folder, 'chain.ndjson.gz'), lastBlock: chain.lastBlock, shape });
    if (logs !== shape.events) throw new Error(`recorded ${logs} logs of ${shape.events}`);
    writeFileSync(join(folder, 'abi.json'), JSON.stringify(abi));
    // Last, because its presence says that the chain is whole.
    writeFileSync(join(folder, 'meta.json'), `${JSON.stringify({ ...shape, ...chain }, null, 2)}\n`);
  } finally {
    await anvil.stop();
  }
}

const BLOCK_SECONDS = 2;
const FIRST_TIME = 1_700_000_000;
const ZERO = '0x0';

async function startAnvil() {
  const binary = findAnvil();
  if (!binary) throw new Error('Expected the development package @foundry-rs/anvil, found none: run `npm install`.');
  const port = await reservePort(0);
  const flags = {
    port,
    host: '127.0.0.1',
    'chain-id': BENCH_CHAIN_ID,
    timestamp: FIRST_TIME,
    hardfork: 'cancun',
    'gas-limit': 2_000_000_000,
    'base-fee': 0,
    'gas-price': 0,
    order: 'fifo',
    accounts: 1,
  };
  const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(binary, [...args, '--no-mining', '--no-request-size-limit', '--quiet'], { stdio: 'ignore' });
  const rpc = createRpcClient(`http://127.0.0.1:${port}/`);
  const stop = async () => {
    rpc.close();
    if (child.exitCode === null && child.kill()) await once(child, 'exit');
  };
  for (let attempt = 0; attempt < 400; attempt++) {
    if (await rpc.call('eth_chainId').catch(() => undefined)) return { rpc, stop };
    await sleep(25);
  }
  await stop();
  throw new Error(`anvil did not answer on port ${port}`);
}

async function mine(rpc, { shape, abi, bytecode }) {
  await rpc.call('anvil_setBlockTimestampInterval', BLOCK_SECONDS);
  const [from] = await rpc.call('eth_accounts');
  let nonce = 0;
  const send = (to, data, gas) => {
    const transaction = { from, to, data, gas: toHex(gas), gasPrice: ZERO, nonce: toHex(nonce++) };
    return ['eth_sendTransaction', transaction];
  };
  const [deployed] = await rpc.batch([send(undefined, encodeDeployData({ abi, bytecode }), 10_000_000)]);
  await rpc.call('evm_mine');
  const { contractAddress, blockNumber } = await rpc.call('eth_getTransactionReceipt', deployed);

  for (let emitted = 0; emitted < shape.events; ) {
    const block = [];
    while (block.length < shape.transactionsPerBlock && emitted < shape.events) {
      const count = Math.min(shape.perTransaction, shape.events - emitted);
      const data = encodeFunctionData({ abi, functionName: 'emitNext', args: [BigInt(count)] });
      block.push(send(contractAddress, data, 200_000 + count * 20_000));
      emitted += count;
    }
    // Anvil answers a batch side by side, so what mines the transactions comes after their batch.
    await rpc.batch(block);
    await rpc.call('evm_mine');
  }
  const lastEventBlock = Number(await rpc.call('eth_blockNumber'));
  await rpc.call('anvil_mine', toHex(TAIL_BLOCKS));
  const lastBlock = Number(await rpc.call('eth_blockNumber'));
  return {
    chainId: BENCH_CHAIN_ID,
    address: contractAddress,
    startBlock: Number(blockNumber),
    lastEventBlock,
    lastBlock,
  };
}

async function record(rpc, { file, lastBlock, shape }) {
  const unfinished = `${file}.part`;
  const zip = createGzip({ level: 1 });
  const written = zip.pipe(createWriteStream(unfinished));
  const eventsPerBlock = shape.perTransaction * shape.transactionsPerBlock;
  const step = Math.max(1, Math.min(100, Math.floor(20_000 / eventsPerBlock)));
  let logs = 0;
  for (let first = 0; first <= lastBlock; first += step) {
    const heights = Array.from({ length: Math.min(step, lastBlock + 1 - first) }, (_, index) => toHex(first + index));
    const [blocks, receipts] = await Promise.all([
      rpc.batch(heights.map((height) => ['eth_getBlockByNumber', height, true])),
      rpc.batch(heights.map((height) => ['eth_getBlockReceipts', height])),
    ]);
    for (const [index, block] of blocks.entries()) {
      for (const receipt of receipts[index]) logs += receipt.logs.length;
      if (!zip.write(`${JSON.stringify({ block, receipts: receipts[index] })}\n`)) await once(zip, 'drain');
    }
  }
  zip.end();
  await once(written, 'finish');
  renameSync(unfinished, file);
  return logs;
}

function toHex(value) {
  return `0x${value.toString(16)}`;
}

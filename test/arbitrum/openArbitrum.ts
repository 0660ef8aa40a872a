import { type Address, concat, numberToHex } from 'viem';
import { createChainWriter } from '../../devnet/chainWriter.js';
import { type HubAddresses, planDeployment } from '../../devnet/deploy.js';
import { planFunding, readPlaces } from '../../devnet/funding.js';
import { writeHistory } from '../../devnet/history.js';
import { createMarket, createMarketState } from '../../devnet/market.js';
import type { Rpc } from '../../devnet/rpc.js';
import { accounts } from '../../devnet/scenario.js';
import { createEncoder } from '../../devnet/transactions.js';
import { createEncoder as createLogEncoder, type RecordedEvent } from '../../indexer/source/createRecordedSource.js';
import type { Hex } from '../../schema/lib/hex.js';
import { getNetwork, type Network } from '../../schema/protocols/protocols.js';
import { compileSolidity } from '../contracts/compileSolidity.js';
import { playMarlinMarket } from '../contracts/playMarlinMarket.js';
import { type OpenAnvil, openAnvil } from '../lib/openAnvil.js';
import { moveContract } from './moveContract.js';

export const ARBITRUM = 42_161;
export const FORK_HEIGHT = 370_000_000;
const START_TIME = 1_790_000_000;
const DAY_S = 86_400;

/**
 * A node that says it is Arbitrum One, with the contracts of three networks at their real addresses: iExec's own code
 * with a day of deals, a stand-in for Marlin Oyster's market, and whatever events of Livepeer are given. All begins above
 * block 370 million, so an indexer has as much emptiness to cross as on the real chain.
 */
export async function openArbitrum(livepeerEvents: readonly RecordedEvent[]): Promise<OpenAnvil> {
  const anvil = await openAnvil({ timestamp: START_TIME, height: FORK_HEIGHT });
  const { rpc } = anvil;
  try {
    await openIexec(anvil);
    // The hub's signing domain was fixed when it was configured, so deals could be signed as on the devnet until here.
    await rpc.call('anvil_setChainId', ARBITRUM);
    // Anvil's own accounts go on to sign for the chain that it began as.
    await rpc.call('anvil_autoImpersonateAccount', true);
    await openMarlin(anvil);
    await emitEvents(anvil, getNetwork('livepeer-arbitrum'), livepeerEvents);
    // What an indexer verifies near the head lies in blocks that anvil has mined.
    await rpc.call('anvil_mine', '0x100');
    return anvil;
  } catch (thrown) {
    await anvil.close();
    throw thrown;
  }
}

async function openIexec({ rpc, accounts: wallets }: OpenAnvil): Promise<void> {
  const writer = createChainWriter(rpc);
  const { addresses, transactions } = planDeployment(wallets[accounts.treasury] as Address);
  const real = findRealAddresses();
  const move = (value: string) =>
    Object.entries(addresses).reduce(
      (text, [name, from]) =>
        text.replaceAll(new RegExp(from.slice(2), 'gi'), real[name as keyof HubAddresses].slice(2)),
      value,
    ) as Hex;
  let time = START_TIME;
  for (const { to, data, ...rest } of transactions) {
    time += 1;
    const request = { ...rest, data: move(data), ...(to && { to: move(to) }) };
    await writer.mine(time, await writer.toRequests([request]));
    if (to) continue;
    const created = await readCreated(rpc);
    if (move(created) !== created) await moveContract(rpc, created, move(created));
  }
  await writer.mine(time + 60, await writer.toRequests(planFunding(real, wallets)));
  const places = await readPlaces(rpc, real, wallets);
  const startsAt = time + 120;
  const market = createMarket(createMarketState({ seed: 7, startsAt, endsAt: startsAt + DAY_S }), places);
  const { signal } = new AbortController();
  const unheard = { announce: () => undefined, onBlock: () => undefined };
  await writeHistory({ rpc, market, encoder: createEncoder(rpc, places), writer, signal, ...unheard });
}

/** Of the manifest where it knows them; the rest keeps clear of those that anvil gives. */
function findRealAddresses(): HubAddresses {
  const { contracts, workToken } = getNetwork('iexec-arbitrum').definition;
  const find = (role: string) => contracts.find((contract) => contract.role === role)?.address;
  return {
    hub: find('hub') ?? '0x',
    rlc: workToken?.address ?? '0x',
    appRegistry: find('appRegistry') ?? '0x9950D94fb074182ee93ff79A50Cd698C4983281F',
    datasetRegistry: find('datasetRegistry') ?? '0x07Cc4E1EA30dD02796795876509A3BfC5053128D',
    workerpoolRegistry: find('workerpoolRegistry') ?? '0x',
  };
}

/** The contract that the only transaction of the last block made. */
async function readCreated(rpc: Rpc): Promise<Hex> {
  const { transactions } = (await rpc.call('eth_getBlockByNumber', 'latest', false)) as { transactions: Hex[] };
  const receipt = (await rpc.call('eth_getTransactionReceipt', transactions[0])) as { contractAddress: Hex };
  return receipt.contractAddress.toLowerCase() as Hex;
}

async function openMarlin({ rpc }: OpenAnvil): Promise<void> {
  const [market] = getNetwork('marlin-arbitrum').definition.contracts;
  if (!market) throw new Error('Marlin Oyster has a market');
  const { timestamp } = (await rpc.call('eth_getBlockByNumber', 'latest', false)) as { timestamp: Hex };
  await playMarlinMarket({
    ...{ rpc, contracts: compileSolidity('MarlinMarket.sol'), tokenDecimals: 6, asBytes: false },
    time: Number(timestamp) + 3_600,
    place: async (deployed) => {
      await moveContract(rpc, deployed, market.address);
      return market.address;
    },
  });
}

/** Ten logs a block, each in a transaction of its own. */
async function emitEvents(anvil: OpenAnvil, network: Network, events: readonly RecordedEvent[]): Promise<void> {
  const { rpc } = anvil;
  const [from] = anvil.accounts;
  const code = await deployCode(anvil);
  for (const { address } of network.definition.contracts) await rpc.call('anvil_setCode', address, code);
  const encode = createLogEncoder(network);
  for (const [index, event] of events.entries()) {
    const { address, topics, data } = encode(event, index);
    const input = concat([numberToHex(topics.length, { size: 1 }), ...topics, data]);
    await rpc.call('eth_sendTransaction', { from, to: address, data: input, gas: '0xf4240', gasPrice: '0x0' });
    if (index % 10 === 9 || index === events.length - 1) await rpc.call('evm_mine');
  }
}

/** What lies on the chain of the contract that emits what it is told. */
async function deployCode({ rpc, accounts: [from] }: OpenAnvil): Promise<Hex> {
  const { bytecode } = compileSolidity('EventEmitter.sol').EventEmitter ?? {};
  await rpc.call('eth_sendTransaction', { from, data: bytecode, gas: '0xf4240', gasPrice: '0x0' });
  await rpc.call('evm_mine');
  return (await rpc.call('eth_getCode', await readCreated(rpc), 'latest')) as Hex;
}

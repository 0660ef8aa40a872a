import { type Address, type Hex, keccak256, parseEther, stringToHex } from 'viem';
import { type MarketWorld, toCall } from './openMarket.js';

/** A market's whole life in the words of its people: everything the contract can do happens at least once. */

export const rules = { feeBps: 250n, minimumStake: parseEther('1'), slashBps: 5_000n, verdictSeconds: 3_600n };
export const HOUR = 3_600;
/** Wei per hour of one GPU. */
export const price = parseEther('0.4');

export function toNode(name: string): Hex {
  return keccak256(stringToHex(name));
}

export const nodes = { oak: toNode('oak'), elm: toNode('elm'), fir: toNode('fir') };

export function toPeople({ others }: Pick<MarketWorld, 'others'>) {
  const [wood, hill, buyer, rival, stranger, purse] = others;
  if (!wood || !hill || !buyer || !rival || !stranger || !purse) throw new Error('anvil has accounts');
  return { wood, hill, buyer, rival, stranger, purse };
}

export async function openBusiness(market: MarketWorld): Promise<void> {
  const { wood, hill, purse } = toPeople(market);
  const { oak, elm, fir } = nodes;
  const machine = { gpuModel: 'H100', gpuCount: 2, vramMib: 81_920, region: 'eu-north', uri: 'https://oak.example' };
  await market.send(toCall(wood, 'updateProvider', [purse, 'Wood', 'https://wood.example']));
  await market.send(toCall(hill, 'updateProvider', [hill, 'Hill', '']));
  const machines = [oak, elm].map((nodeId) => ({ nodeId, ...machine }));
  await market.send(toCall(wood, 'updateNodes', [machines]));
  await market.send(toCall(hill, 'updateNodes', [[{ ...machine, nodeId: fir, gpuModel: 'A100', gpuCount: 1 }]]));
  const offers = [oak, elm].map((nodeId) => ({ nodeId, pricePerGpuHour: price }));
  await market.send(toCall(wood, 'postOffers', [offers]));
  await market.send(toCall(hill, 'postOffers', [[{ nodeId: fir, pricePerGpuHour: price / 2n }]]));
  // One node of Wood's is secured by its own stake, the other one by its provider's.
  await market.send(toCall(wood, 'lockStake', [WHOLE_PROVIDER], parseEther('6')));
  await market.send(toCall(wood, 'lockStake', [elm], parseEther('1')));
  await market.send(toCall(hill, 'lockStake', [WHOLE_PROVIDER], parseEther('2')));
}

export const WHOLE_PROVIDER: Hex = `0x${'0'.repeat(64)}`;

export interface Order {
  readonly from: Address;
  readonly nodeId: Hex;
  readonly taskCount: number;
  readonly hours?: number;
  readonly pricePerGpuHour?: bigint;
  /** Seconds from now. */
  readonly due?: number;
}

export function toJobCall(market: MarketWorld, order: Order) {
  const { from, nodeId, taskCount, hours = 2, pricePerGpuHour = price, due = 24 * HOUR } = order;
  const terms = {
    ...{ nodeId, taskCount, specHash: keccak256(stringToHex('job')), gpuSecondsPerTask: BigInt(hours * HOUR) },
    ...{ maxPricePerGpuHour: pricePerGpuHour, deadline: BigInt(market.now() + due) },
  };
  return toCall(from, 'openJob', [terms], pricePerGpuHour * BigInt(hours) * BigInt(taskCount));
}

export function toResult(taskIndex: number, hours = 2) {
  return { taskIndex, gpuSeconds: BigInt(hours * HOUR), proofHash: keccak256(stringToHex(`proof ${taskIndex}`)) };
}

/** Six tasks of one job, each with another fate; the last two are tried twice. */
export async function runContestedJob(market: MarketWorld): Promise<void> {
  const { wood, buyer, stranger } = toPeople(market);
  const { oak, elm } = nodes;
  await market.send(toJobCall(market, { from: buyer, nodeId: oak, taskCount: 6 }));
  const all = [0, 1, 2, 3, 4, 5];
  await market.send(toCall(wood, 'assignTasks', [1n, all, [elm, oak, oak, oak, oak, oak]]));
  await market.send(toCall(wood, 'startTasks', [1n, all]));
  await market.wait(HOUR);
  // Task 3 used half of what it might have.
  const results = [toResult(0), toResult(1), toResult(2), toResult(3, 1), toResult(4)];
  await market.send(toCall(wood, 'completeTasks', [1n, results]));
  await market.send(toCall(wood, 'failTasks', [1n, [5], 17]));
  await market.send(toCall(buyer, 'verifyTasks', [1n, [0], true]));
  await market.send(toCall(market.verifier, 'verifyTasks', [1n, [3], true]));
  await market.send(toCall(market.verifier, 'verifyTasks', [1n, [1, 4], false]));
  await market.send(toCall(wood, 'disputeTasks', [1n, [1]]));
  await market.send(toCall(buyer, 'disputeTasks', [1n, [2]]));
  await market.send(toCall(market.arbiter, 'resolveDisputes', [1n, [1], true]));
  await market.send(toCall(market.arbiter, 'resolveDisputes', [1n, [2], false]));
  await market.wait(HOUR);
  await market.send(toCall(stranger, 'settleTasks', [1n, [4]]));
  await market.send(toCall(wood, 'assignTasks', [1n, [4, 5], [oak, elm]]));
  await market.send(toCall(wood, 'startTasks', [1n, [4, 5]]));
  await market.wait(HOUR);
  await market.send(toCall(wood, 'completeTasks', [1n, [toResult(4), toResult(5)]]));
  await market.wait(HOUR);
  await market.send(toCall(stranger, 'settleTasks', [1n, [4, 5]]));
  await market.send(toCall(buyer, 'closeJob', [1n]));
}

/** One job that its provider lets lapse, and one that nobody took before its buyer thought better of it. */
export async function runLostJobs(market: MarketWorld): Promise<void> {
  const { hill, buyer, rival, stranger } = toPeople(market);
  const order = { nodeId: nodes.fir, pricePerGpuHour: price / 2n, due: HOUR };
  await market.send(toJobCall(market, { ...order, from: rival, taskCount: 2 }));
  await market.send(toJobCall(market, { ...order, from: buyer, taskCount: 1 }));
  await market.send(toCall(hill, 'assignTasks', [2n, [0], [nodes.fir]]));
  await market.send(toCall(buyer, 'closeJob', [3n]));
  await market.wait(2 * HOUR);
  await market.send(toCall(stranger, 'closeJob', [2n]));
}

export async function closeBusiness(market: MarketWorld): Promise<void> {
  const { wood, hill } = toPeople(market);
  await market.send(toCall(market.owner, 'setParameter', [0, 300n]));
  await market.send(toCall(market.owner, 'withdrawTreasury', [market.owner, parseEther('0.5')]));
  await market.send(toCall(wood, 'withdrawOffers', [[nodes.elm]]));
  await market.send(toCall(hill, 'retireNodes', [[nodes.fir]]));
  await market.send(toCall(wood, 'unlockStake', [WHOLE_PROVIDER, parseEther('2')]));
  await market.send(toCall(wood, 'unlockStake', [nodes.elm, parseEther('1')]));
  await market.send(toCall(wood, 'withdrawStake', [WHOLE_PROVIDER]));
}

import { type Hex, zeroAddress, zeroHash } from 'viem';
import { type Orders, toAuthorization, toCommitment, toSalt, toTaskId } from '../../devnet/orders.js';
import type { Chain } from '../fluence/openChain.js';
import { createOrders, type Hub, match } from './openHub.js';

/** Final deadline of a deal in the first category, XS of 300 s. */
const FINAL_SECONDS = 3_000;

export interface Played {
  /** Three tasks: paid at once, claimed, never ended. */
  readonly classic: Hex;
  /** One task of five workers, one of whom is wrong. */
  readonly replicated: Hex;
  readonly sponsored: Hex;
  /** Two tasks of the Boost facet: paid, claimed. */
  readonly boost: Hex;
  readonly sponsoredBoost: Hex;
  /** One task, paid while the kitty holds what the claim before it left there. */
  readonly boostOfKitty: Hex;
}

/** Everything that the contracts log, once at least. */
export async function playPoco(chain: Chain, hub: Hub): Promise<Played> {
  await hub.sendTo(hub.pool, 'scheduler', 'changePolicy', [35n, 5n]);
  const classic = await playClassic(chain, hub);
  const replicated = await playReplicated(chain, hub);
  const sponsored = await match(hub, {
    by: 'sponsor',
    name: 'sponsorMatchOrders',
    orders: createOrders(hub, 'sponsored'),
  });
  const boosted = await playBoost(chain, hub);
  await publishOrders(hub);
  await moveMoney(hub);
  return { classic, replicated, sponsored, ...boosted };
}

async function playClassic(chain: Chain, hub: Hub): Promise<Hex> {
  const orders = createOrders(hub, 'classic');
  const deal = await match(hub, {
    by: 'requester',
    name: 'matchOrders',
    orders: { ...orders, RequestOrder: { ...orders.RequestOrder, volume: 3n } },
  });
  for (const index of [0, 1]) await hub.send('scheduler', 'initialize', [deal, BigInt(index)]);
  const task = toTaskId(deal, 0);
  const permit = await hub.signMessage('scheduler', toAuthorization(hub.account('worker1'), task));
  const result = toSalt('result');
  await hub.send('worker1', 'contributeAndFinalize', [task, result, '0x01', '0x', zeroAddress, '0x', permit]);
  await contribute(hub, { task: toTaskId(deal, 1), worker: 'worker2', result });
  await chain.wait(FINAL_SECONDS);
  await hub.send('requester', 'claim', [toTaskId(deal, 1)]);
  return deal;
}

/** Trust 4 needs four equal answers of workers without a history (IexecPoco2Facet.checkConsensus). */
async function playReplicated(chain: Chain, hub: Hub): Promise<Hex> {
  const orders = createOrders(hub, 'replicated');
  const deal = await match(hub, {
    by: 'requester',
    name: 'matchOrders',
    orders: { ...orders, RequestOrder: { ...orders.RequestOrder, trust: 4n } },
  });
  await hub.send('scheduler', 'initialize', [deal, 0n]);
  const task = toTaskId(deal, 0);
  const result = toSalt('right');
  await contribute(hub, { task, worker: 'worker5', result: toSalt('wrong') });
  const right = ['worker1', 'worker2', 'worker3', 'worker4'];
  for (const worker of right) await contribute(hub, { task, worker, result });
  for (const worker of right) await hub.send(worker, 'reveal', [task, result]);
  await hub.send('scheduler', 'finalize', [task, '0x02', '0x']);
  await chain.wait(1);
  return deal;
}

async function contribute(
  hub: Hub,
  { task, worker, result }: { readonly task: Hex; readonly worker: string; readonly result: Hex },
): Promise<void> {
  const address = hub.account(worker);
  const { hash, seal } = toCommitment(address, task, result);
  const permit = await hub.signMessage('scheduler', toAuthorization(address, task));
  await hub.send(worker, 'contribute', [task, hash, seal, zeroAddress, '0x', permit]);
}

async function playBoost(chain: Chain, hub: Hub): Promise<Pick<Played, 'boost' | 'sponsoredBoost' | 'boostOfKitty'>> {
  const orders = createOrders(hub, 'boost');
  const boost = await match(hub, {
    by: 'requester',
    name: 'matchOrdersBoost',
    orders: { ...orders, RequestOrder: { ...orders.RequestOrder, volume: 2n } },
  });
  await pushResult(hub, boost);
  const sponsoredOrders = {
    by: 'sponsor',
    name: 'sponsorMatchOrdersBoost',
    orders: createOrders(hub, 'sponsoredBoost'),
  };
  const sponsoredBoost = await match(hub, sponsoredOrders);
  await chain.wait(FINAL_SECONDS);
  await hub.send('stranger', 'claimBoost', [boost, 1n]);
  const next = { by: 'requester', name: 'matchOrdersBoost', orders: createOrders(hub, 'boostOfKitty') };
  const boostOfKitty = await match(hub, next);
  await pushResult(hub, boostOfKitty);
  return { boost, sponsoredBoost, boostOfKitty };
}

async function pushResult(hub: Hub, deal: Hex): Promise<void> {
  const permit = await hub.signMessage('scheduler', toAuthorization(hub.account('worker3'), toTaskId(deal, 0)));
  await hub.send('worker3', 'pushResultBoost', [deal, 0n, '0x03', '0x', permit, zeroAddress, '0x']);
}

async function publishOrders(hub: Hub): Promise<void> {
  const orders = createOrders(hub, 'published');
  await broadcast(hub, 'scheduler', 'WorkerpoolOrder', orders);
  await broadcast(hub, 'appOwner', 'AppOrder', orders);
  await broadcast(hub, 'datasetOwner', 'DatasetOrder', orders);
  await broadcast(hub, 'requester', 'RequestOrder', orders);
  const cheap = createOrders(hub, 'forged');
  for (const kind of ['WorkerpoolOrder', 'AppOrder', 'DatasetOrder', 'RequestOrder'] as const) {
    await broadcast(hub, 'stranger', kind, cheap);
  }
  // A bid to a group of workerpools, which is no workerpool itself.
  const group = {
    ...cheap.RequestOrder,
    workerpool: hub.account('stranger'),
    tag: `0x${'3'.padStart(64, '0')}` as Hex,
  };
  await broadcast(hub, 'requester', 'RequestOrder', { ...cheap, RequestOrder: group });
  // Whoever sold the workerpool speaks for it no more.
  const sale = [hub.account('scheduler'), hub.account('buyerOfPool'), BigInt(hub.pool)];
  await hub.sendTo(hub.workerpoolRegistry, 'scheduler', 'safeTransferFrom', sale);
  await broadcast(hub, 'scheduler', 'WorkerpoolOrder', createOrders(hub, 'late'));
  const raised = createOrders(hub, 'raised');
  const order = { ...raised.WorkerpoolOrder, workerpoolprice: 120n };
  await broadcast(hub, 'buyerOfPool', 'WorkerpoolOrder', { ...raised, WorkerpoolOrder: order });
  const operation = {
    order: await hub.sign('requester', 'RequestOrder', orders.RequestOrder),
    operation: 1,
    sign: '0x',
  };
  await hub.send('requester', 'manageRequestOrder', [operation]);
}

/** The hub checks no signature here. */
async function broadcast(hub: Hub, signer: string, kind: keyof Orders, orders: Orders): Promise<void> {
  await hub.send('stranger', `broadcast${kind}`, [await hub.sign(signer, kind, orders[kind])]);
}

async function moveMoney(hub: Hub): Promise<void> {
  await hub.send('requester', 'transfer', [hub.account('stranger'), 700n]);
  await hub.send('worker1', 'withdraw', [500n]);
  await hub.send('treasury', 'createCategory', ['XXL', zeroHash, 90_000n]);
}

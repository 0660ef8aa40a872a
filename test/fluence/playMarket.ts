import { type Abi, type Address, type Hex, parseEventLogs } from 'viem';
import type { RawLog } from '../../indexer/events/logs.js';
import { type Deployment, DIFFICULTY, EPOCH_SECONDS } from './deployFluence.js';
import type { Chain } from './openChain.js';
import { readArtifact } from './readArtifact.js';

const toWord = (digit: string): Hex => `0x${digit.repeat(64)}`;

/** What the market's actors put on the chain. */
export const market = {
  peers: { steady: toWord('a'), failing: toWord('b') },
  units: { steady: [toWord('1'), toWord('2')], failing: [toWord('3')] },
  name: 'Šiaurės <vėjas>',
  appCid: { prefixes: '0x01551220', hash: toWord('7') },
  pricePerEpoch: 10_000_000_000n,
  deposit: 50_000_000_000n,
} as const;

interface Actors {
  readonly owner: Address;
  readonly provider: Address;
  /** The key of the provider's machines. */
  readonly signer: Address;
  readonly staker: Address;
  readonly buyer: Address;
  /** Deploys, funds and matches deals for buyers. */
  readonly vodopad: Address;
  /** Keeps the buyers' accounts at the BalanceKeeper. */
  readonly coordinator: Address;
}

export interface Played extends Actors {
  readonly deal: string;
  /** Of the token that deals pay in. */
  balanceOf(account: Address): Promise<unknown>;
}

interface Stage extends Deployment {
  readonly chain: Chain;
  readonly actors: Actors;
  call(from: Address, name: string, args: readonly unknown[], value?: bigint): Promise<readonly RawLog[]>;
  nextEpoch(): Promise<void>;
  /** The steady peer's units show that they are there. */
  prove(): Promise<void>;
}

export async function playMarket(chain: Chain, deployment: Deployment): Promise<Played> {
  const stage = createStage(chain, deployment);
  const { actors, call, nextEpoch, prove } = stage;
  const resources = await offerPeers(stage);
  const steady = await pledge(stage, market.peers.steady, 2n);
  const failing = await pledge(stage, market.peers.failing, 1n);
  await call(actors.owner, 'diamondReceive', [], 10n ** 20n);
  for (let epoch = 0; epoch < 4; epoch += 1) await prove();
  await call(actors.provider, 'withdrawReward', [steady]);
  const deal = await runDeal(stage, resources);
  // The peer that proved nothing loses a part of its stake.
  for (let epoch = 0; epoch < 15; epoch += 1) await nextEpoch();
  await call(actors.staker, 'withdrawCollateral', [failing]);
  const { usdc: to } = deployment;
  const { abi } = readArtifact('TestERC20');
  const balanceOf = (account: Address) => chain.view({ to, abi, name: 'balanceOf', args: [account] });
  return { ...actors, deal: deal.toLowerCase(), balanceOf };
}

function createStage(chain: Chain, deployment: Deployment): Stage {
  const { diamond: to, abi } = deployment;
  const [owner, provider, signer, staker, buyer, vodopad, coordinator] = chain.accounts;
  if (!owner || !provider || !signer || !staker || !buyer || !vodopad || !coordinator) {
    throw new Error('the chain has too few accounts');
  }
  let proofs = 0;
  const nextEpoch = () => chain.wait(EPOCH_SECONDS);
  const call: Stage['call'] = (from, name, args, value = 0n) => chain.send({ from, to, abi, name, args, value });
  return {
    ...deployment,
    chain,
    actors: { owner, provider, signer, staker, buyer, vodopad, coordinator },
    call,
    nextEpoch,
    async prove() {
      await nextEpoch();
      for (const unit of market.units.steady) {
        await call(signer, 'submitProof', [unit, toWord(String(proofs)), DIFFICULTY]);
        proofs += 1;
      }
    },
  };
}

/** A provider with an offer of two peers, in a data centre; answers the resources' ids, by kind. */
async function offerPeers({ call, actors, usdc }: Stage): Promise<readonly Hex[]> {
  const { owner, provider, signer } = actors;
  await call(provider, 'setProviderInfo', [market.name, market.appCid]);
  const place = { countryCode: 'LT', cityCode: 'KUN', index: 1n, tier: 3n, certifications: ['ISO 27001'] };
  const [datacenter] = toTopics(await call(owner, 'createDatacenters', [[place]]));
  const kinds = [0, 1, 2, 3, 4].map((ty) => ({ ty, metadata: `{"kind":${ty}}` }));
  const resources = toTopics(await call(owner, 'registerResources', [kinds]));
  const toPeer = (peerId: Hex, unitIds: readonly Hex[]) => {
    const vcpu = 2n * BigInt(unitIds.length);
    const supplies = [vcpu, vcpu * RAM_PER_VCPU, 100_000_000_000n, 2n, 1_000n];
    const supplied = resources.map((resourceId, ty) => ({ resourceId, supply: supplies[ty], details: `{"of":${ty}}` }));
    return { peerId, owner: signer, resources: supplied, unitIds };
  };
  const peers = [toPeer(market.peers.steady, market.units.steady), toPeer(market.peers.failing, market.units.failing)];
  const prices = resources.map((resourceId, ty) => ({ ty, resourceId, price: BigInt(ty + 1) }));
  await call(provider, 'registerMarketOfferV2', [usdc, prices, peers, datacenter]);
  return resources;
}

/** Bytes, at the least. */
const RAM_PER_VCPU = 2_048n * 1_048_576n;

/** A fifth of the rewards goes to the staker; rates are in ten millionths. */
async function pledge({ call, actors, abi }: Stage, peerId: Hex, units: bigint): Promise<Hex> {
  const { provider, staker } = actors;
  const logs = await call(provider, 'createCommitment', [peerId, 20n, staker, 2_000_000n]);
  const [created] = parse(abi, logs, 'CommitmentCreated') as [{ commitmentId: Hex; fltCollateralPerUnit: bigint }];
  await call(staker, 'depositCollateral', [[created.commitmentId]], created.fltCollateralPerUnit * units);
  return created.commitmentId;
}

/** A buyer's deal is matched with the steady peer, runs, is paid and stopped. */
async function runDeal(stage: Stage, resources: readonly Hex[]): Promise<Address> {
  const { chain, call, actors, usdc, abi, nextEpoch, prove } = stage;
  const { buyer, vodopad, provider, signer } = actors;
  await giveCredit(stage);
  const wanted = [2n, 2n * RAM_PER_VCPU].map((quantity, ty) => ({ resourceId: resources[ty], ty, quantity }));
  const terms = [usdc, market.deposit, 1n, wanted, market.pricePerEpoch, 1n, 0, [], 2n, buyer];
  const created = await call(vodopad, 'deployDealV2', [market.appCid, ...terms]);
  const [{ deal }] = parse(abi, created, 'DealCreatedV2') as [{ deal: Address }];
  await prove();
  const matched = await call(vodopad, 'matchDealV2', [deal, [market.peers.steady], [market.units.steady.slice(0, 1)]]);
  const [{ onchainWorkerId }] = parse(abi, matched, 'WorkerCreatedV2') as [{ onchainWorkerId: Hex }];
  const { abi: dealAbi } = readArtifact('Deal.sol/DealV2');
  const ofDeal = (from: Address, name: string, args: readonly unknown[]) =>
    chain.send({ from, to: deal, abi: dealAbi, name, args });
  await ofDeal(signer, 'activateWorker', [onchainWorkerId, toWord('9')]);
  for (let epoch = 0; epoch < 2; epoch += 1) await nextEpoch();
  await call(vodopad, 'fundDealV2', [deal, 15n]);
  await ofDeal(provider, 'withdrawRewards', [onchainWorkerId]);
  await ofDeal(buyer, 'stop', []);
  return deal;
}

/** The coordinator's pool holds the tokens, and gives the buyer some of them. */
async function giveCredit({ chain, call, actors, usdc, balanceKeeper }: Stage): Promise<void> {
  const { owner, vodopad, coordinator, buyer } = actors;
  const { abi: token } = readArtifact('TestERC20');
  const { abi: keeper } = readArtifact('BalanceKeeper');
  const keep = (from: Address, name: string, args: readonly unknown[]) =>
    chain.send({ from, to: balanceKeeper, abi: keeper, name, args });
  const pool = 10n * market.deposit;
  await call(owner, 'setVodopad', [vodopad]);
  await keep(owner, 'setCoordinator', [coordinator]);
  await chain.send({ from: owner, to: usdc, abi: token, name: 'transfer', args: [coordinator, pool] });
  await chain.send({ from: coordinator, to: usdc, abi: token, name: 'approve', args: [balanceKeeper, pool] });
  await keep(coordinator, 'poolTopUp', [usdc, pool]);
  await keep(coordinator, 'userTopUp', [usdc, buyer, pool, 'top-up-1']);
}

/** The id that each of these logs is about. */
function toTopics(logs: readonly RawLog[]): readonly Hex[] {
  return logs.map(({ topics }) => topics[1] ?? '0x');
}

function parse(abi: Abi, logs: readonly RawLog[], eventName: string): readonly unknown[] {
  const found = parseEventLogs({ abi, logs: logs as never, eventName });
  return (found as readonly { readonly args: unknown }[]).map(({ args }) => args);
}

import type { Address, Hex } from 'viem';
import type { CanonicalEvent } from '../../indexer/events/CanonicalEvent.js';
import { compileSolidity } from '../contracts/compileSolidity.js';
import { toNetwork } from './deployFluence.js';
import { type Chain, openChain } from './openChain.js';

/**
 * What real bytecode does not reach, by a contract of our own that emits the same logs and answers the same views: the
 * stake logs of 2024; a deal of the first version, and a worker that is paid as it leaves.
 */
describe('Fluence as it was', () => {
  let chain: Chain;
  let events: readonly CanonicalEvent[];
  let actors: { readonly provider: string; readonly staker: string; readonly buyer: string };
  let deal: string;
  const node = toWord('aa');
  const [first, second] = [toWord('01'), toWord('02')];

  beforeAll(async () => {
    chain = await openChain();
    const contracts = compileSolidity('FluenceStandIn.sol');
    const [diamond, dealAbi] = [contracts.FluenceStandIn, contracts.FluenceDealStandIn?.abi ?? []];
    if (!diamond) throw new Error('the stand-in did not compile');
    const [owner, provider, staker, buyer, token] = chain.accounts as [Address, Address, Address, Address, Address];
    actors = { provider, staker, buyer };
    const to = await chain.deploy(diamond, [provider, staker, token]);
    const call = (name: string, args: readonly unknown[] = []) =>
      chain.send({ from: buyer, to, abi: diamond.abi, name, args });
    await call('pledge');
    const [opened] = await call('open');
    const place = `0x${opened?.data.slice(26, 66)}` as Address;
    deal = place;
    for (const worker of [first, second]) await call('join', [place, worker]);
    const ofDeal = (name: string, worker: Hex) =>
      chain.send({ from: owner, to: place, abi: dealAbi, name, args: [worker] });
    await ofDeal('pay', first);
    await ofDeal('remove', second);
    await call('stop', [place]);
    const network = toNetwork({ diamond: to, balanceKeeper: owner, usdc: token });
    events = (await chain.interpret(network)).flatMap((log) => log.events);
  }, 60_000);

  afterAll(async () => {
    await chain?.close();
  });

  it('locked and rewarded stake whose provider and staker only the commitment knows', () => {
    const { provider, staker } = actors;
    expect(events.filter(({ kind }) => kind === 'stakeChanged')).toEqual([
      { kind: 'stakeChanged', change: 'locked', account: staker, amount: 20n, delta: 20n, provider, node },
      { kind: 'stakeChanged', change: 'rewarded', account: provider, amount: 7n, delta: 0n, provider, node },
    ]);
  });

  it('ran deals priced by compute unit, with each worker told of once', () => {
    const { provider, buyer } = actors;
    const assigned = [
      { kind: 'jobAssigned', job: deal, provider },
      { kind: 'taskAttempted', task: deal, node },
    ];
    expect(events.filter(({ kind }) => /^(job|task)/.test(kind))).toMatchObject([
      { kind: 'jobCreated', job: deal, buyer, price: { amount: 40n, unit: 'epoch' } },
      ...assigned,
      ...assigned,
      { kind: 'taskCompleted', task: deal },
    ]);
  });

  it('paid the provider of a worker, asked of the deal, and of one that left, by its peer', () => {
    const paid = { kind: 'paid', task: deal, provider: actors.provider, node };
    expect(events.filter(({ kind }) => kind === 'paid')).toEqual([
      { ...paid, role: 'provider', amount: 30n },
      { kind: 'paid', task: deal, role: 'fee', amount: 3n },
      { ...paid, role: 'provider', amount: 5n },
    ]);
    const spent = events.filter((event) => event.kind === 'escrowChanged').map(({ delta }) => delta);
    expect(spent).toEqual([-30n, -3n, -5n]);
  });
});

function toWord(digits: string): Hex {
  return `0x${digits.padStart(64, '0')}`;
}

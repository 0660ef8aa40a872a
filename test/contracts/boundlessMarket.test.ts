import { decodeFunctionResult, encodeFunctionData, parseEther, toEventSelector } from 'viem';
import type { CanonicalEvent, EventKind } from '../../indexer/events/CanonicalEvent.js';
import type { AdaptedLog } from '../../indexer/events/logs.js';
import type { Hex } from '../../schema/lib/hex.js';
import { parseEvent } from '../../schema/lib/parseEvent.js';
import { boundless } from '../../schema/protocols/boundless.js';
import { FIRST_TIME, type OpenAnvil, openAnvil } from '../lib/openAnvil.js';
import { compileSolidity } from './compileSolidity.js';
import {
  offer,
  type PlayedBoundless,
  playBoundlessMarket,
  type RequestName,
  toRequestId,
} from './playBoundlessMarket.js';
import { readAdaptedLogs } from './readAdaptedLogs.js';

const TIME = FIRST_TIME + 1_000;
const abi = compileSolidity('BoundlessMarket.sol').BoundlessMarket?.abi ?? [];

let anvil: OpenAnvil;
let played: PlayedBoundless;
let adapted: readonly AdaptedLog[];

beforeAll(async () => {
  anvil = await openAnvil();
  played = await playBoundlessMarket({ rpc: anvil.rpc, time: TIME });
  const [definition] = boundless.networks;
  if (!definition) throw new Error('Boundless has a network');
  const contracts = [{ role: 'market', address: played.market, startBlock: 0 }];
  adapted = await readAdaptedLogs(anvil.url, [{ manifest: boundless, definition: { ...definition, contracts } }]);
});

afterAll(async () => {
  await anvil?.close();
});

function listEvents<K extends EventKind>(kind: K): readonly Extract<CanonicalEvent, { kind: K }>[] {
  const events = adapted.flatMap((one) => one.events);
  return events.filter((event): event is Extract<CanonicalEvent, { kind: K }> => event.kind === kind);
}

const toId = (name: RequestName) => `0x${toRequestId(played.buyer, name).toString(16)}`;

async function call(functionName: string, args: readonly unknown[], height: number): Promise<unknown> {
  const transaction = { to: played.market, data: encodeFunctionData({ abi, functionName, args }) };
  const data = (await anvil.rpc.call('eth_call', transaction, `0x${height.toString(16)}`)) as Hex;
  return decodeFunctionResult({ abi, functionName, data });
}

describe('a market of Boundless on a real chain', () => {
  it('emits every event that the manifest names', () => {
    const named = (boundless.events.market ?? []).map((signature) => toEventSelector(parseEvent(signature)));
    expect(new Set(adapted.map(({ decoded }) => decoded.log.topics[0]))).toEqual(new Set(named));
  });

  it('is understood log by log, or at least known by whom it speaks of', () => {
    for (const { decoded, events, subject } of adapted) {
      expect([decoded.name, events.length > 0 || subject?.job !== undefined]).toEqual([decoded.name, true]);
    }
  });

  it('calls what an event calls `error` by that name', () => {
    const failed = adapted.filter(({ decoded }) => decoded.name === 'PaymentRequirementsFailed');
    expect(failed.map(({ decoded, subject }) => [Object.keys(decoded.args), subject?.job])).toEqual([
      [['error'], toId('unpaid')],
      [['error'], toId('late')],
    ]);
  });

  it('announces a request by whichever log comes first, with its buyer and its terms', () => {
    const created = listEvents('jobCreated').filter(({ job }) => job === toId('failed'));
    expect(created).toEqual([
      {
        kind: 'jobCreated',
        job: toId('failed'),
        restated: true,
        buyer: played.buyer.toLowerCase(),
        tasks: [{ task: toId('failed'), position: 0 }],
        deadline: new Date((TIME + 100 + offer.timeout) * 1000),
        price: { amount: offer.minPrice, providerAmount: offer.minPrice, unit: 'task' },
        attributes: {
          imageUrl: 'https://images.example/failed',
          minPrice: String(offer.minPrice),
          maxPrice: String(offer.maxPrice),
          rampUpStart: String(TIME + 100),
          rampUpPeriod: '100',
          lockTimeout: '300',
          timeout: '600',
          lockCollateral: String(offer.lockCollateral),
        },
      },
    ]);
  });

  it('prices a lock as the contract does at the time of its block', async () => {
    const locks = adapted.filter(({ decoded }) => decoded.name === 'RequestLocked');
    for (const { decoded, events } of locks) {
      const [, , price] = (await call('locks', [decoded.args.requestId], decoded.log.height)) as readonly bigint[];
      const settled = events.find((event) => event.kind === 'priced');
      // A request locked and fulfilled in one block has no price left; none is here.
      expect([decoded.args.requestId, settled?.amount]).toEqual([decoded.args.requestId, price]);
    }
    expect(listEvents('priced').map(({ basis, amount }) => [basis, amount])).toEqual([
      ...Array(3).fill(['bid', offer.maxPrice]),
      // 39 seconds into the ramp, before it, and after its end.
      ['settled', offer.minPrice + ((offer.maxPrice - offer.minPrice) * 39n) / 100n],
      ['settled', offer.minPrice],
      ['settled', offer.maxPrice],
    ]);
  });

  it('takes stake and escrow for what the contract holds, block by block', async () => {
    const { prover, rescuer, market } = played;
    const collateralOf = async (account: Hex, height: number) => {
      const free = (await call('balanceOfCollateral', [account], height)) as bigint;
      return free;
    };
    const last = played.steps.at(-1)?.height ?? 0;
    const stakeOf = (account: string) =>
      listEvents('stakeChanged')
        .filter(({ provider }) => provider === account.toLowerCase())
        .reduce((sum, { delta }) => sum + delta, 0n);
    // Two locks of the prover's were slashed, by whole collaterals; a late proof brings half of one.
    const slashed = listEvents('stakeChanged').filter(({ change }) => change === 'slashed');
    expect(slashed.map(({ provider, account, task, delta }) => [provider, account, task, delta])).toEqual([
      ['ofTask', undefined, toId('failed'), -offer.lockCollateral],
      ['ofTask', undefined, toId('late'), -offer.lockCollateral],
    ]);
    expect(stakeOf(prover) - 2n * offer.lockCollateral).toBe(await collateralOf(prover, last));
    expect(stakeOf(rescuer)).toBe(await collateralOf(rescuer, last));
    const held = listEvents('escrowChanged').reduce((sum, { delta }) => sum + delta, 0n);
    expect(held).toBe(BigInt((await anvil.rpc.call('eth_getBalance', market, 'latest')) as string));
    expect(held).toBe(parseEther('0.499'));
  });

  it('ends each request as it went', () => {
    const ended = adapted.flatMap(({ events }) =>
      events.filter((event) => event.kind === 'taskCompleted' || event.kind === 'taskFailed'),
    );
    expect(ended.map(({ kind, task }) => [kind, task])).toEqual([
      ['taskCompleted', toId('inTime')],
      ['taskCompleted', toId('open')],
      ['taskCompleted', toId('unpaid')],
      ['taskCompleted', toId('late')],
      ['taskFailed', toId('failed')],
    ]);
  });
});

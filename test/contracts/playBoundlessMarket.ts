import { parseEther } from 'viem';
import type { Rpc } from '../../devnet/rpc.js';
import type { Hex } from '../../schema/lib/hex.js';
import { compileSolidity } from './compileSolidity.js';
import { deploy, type PlayedStep, playScript, type Step } from './playScript.js';

export interface PlayedBoundless {
  readonly market: Hex;
  readonly buyer: Hex;
  /** Locks requests, and delivers one of three in time. */
  readonly prover: Hex;
  /** Fulfils what others left. */
  readonly rescuer: Hex;
  readonly steps: readonly PlayedStep[];
}

/** From 0.001 to 0.003 ETH within 100 seconds. */
export const offer = {
  minPrice: parseEther('0.001'),
  maxPrice: parseEther('0.003'),
  rampUpPeriod: 100,
  lockTimeout: 300,
  timeout: 600,
  lockCollateral: parseEther('11'),
};

/** Seconds of the script. */
export const rampUpStarts = { inTime: 60, failed: 100, late: 60, open: 100, unpaid: 100, ignored: 100 } as const;
export type RequestName = keyof typeof rampUpStarts;

export const toRequestId = (buyer: string, name: RequestName): bigint =>
  (BigInt(buyer) << 32n) | BigInt(1 + Object.keys(rampUpStarts).indexOf(name));

/**
 * Deploys a market and plays the lives a request can have: fulfilled in time, not at all, late by another prover, without
 * a lock, without pay, and ignored.
 */
export async function playBoundlessMarket({ rpc, time }: { readonly rpc: Rpc; readonly time: number }) {
  const accounts = (await rpc.call('eth_accounts')) as readonly Hex[];
  const [deployer, buyer, prover, rescuer] = accounts;
  if (!deployer || !buyer || !prover || !rescuer) throw new Error('Expected four accounts of anvil');
  const contract = compileSolidity('BoundlessMarket.sol').BoundlessMarket;
  if (!contract) throw new Error('BoundlessMarket.sol defines BoundlessMarket');
  const market = await deploy(rpc, contract, { from: deployer });
  const steps = await playScript(rpc, { contract, address: market, time }, toSteps({ buyer, prover, rescuer, time }));
  return { market, buyer, prover, rescuer, steps } satisfies PlayedBoundless;
}

function toSteps({
  buyer,
  prover,
  rescuer,
  time,
}: Pick<PlayedBoundless, 'buyer' | 'prover' | 'rescuer'> & { time: number }) {
  const id = (name: RequestName) => toRequestId(buyer, name);
  const submit = (name: RequestName) => ({ from: buyer, functionName: 'submitRequest', args: [toRequest(name)] });
  const lock = (name: RequestName) => ({ from: prover, functionName: 'lockRequest', args: [toRequest(name)] });
  const fulfill = (from: Hex, name: RequestName, price = 0n) => ({
    ...{ from, functionName: 'fulfill', args: [id(name), price] },
  });
  const slash = (name: RequestName) => ({ from: rescuer, functionName: 'slash', args: [id(name)] });
  const collateral = (from: Hex, value: bigint) => ({ from, functionName: 'depositCollateral', args: [value] });

  function toRequest(name: RequestName) {
    return {
      id: id(name),
      requirements: {
        callback: { addr: buyer, gasLimit: 0n },
        predicate: { predicateType: 0, data: '0x01' },
        selector: '0x00000000',
      },
      imageUrl: `https://images.example/${name}`,
      input: { inputType: 1, data: '0x02' },
      offer: { ...offer, rampUpStart: BigInt(time + rampUpStarts[name]) },
    };
  }

  return [
    {
      at: 0,
      calls: [
        { from: buyer, functionName: 'deposit', value: parseEther('1') },
        collateral(prover, parseEther('100')),
        collateral(rescuer, parseEther('50')),
      ],
    },
    { at: 50, calls: [submit('inTime'), submit('open'), submit('ignored')] },
    { at: 99, calls: [lock('inTime'), lock('failed')] },
    { at: 200, calls: [lock('late'), fulfill(prover, 'inTime'), fulfill(rescuer, 'open', parseEther('0.002'))] },
    {
      at: 210,
      calls: [
        { from: rescuer, functionName: 'failCallback', args: [id('inTime')] },
        fulfill(rescuer, 'unpaid', parseEther('1000')),
      ],
    },
    { at: 400, calls: [fulfill(rescuer, 'late'), fulfill(rescuer, 'late')] },
    { at: 800, calls: [slash('failed'), slash('late')] },
    {
      at: 900,
      calls: [
        { from: prover, functionName: 'withdraw', args: [parseEther('0.001')] },
        { from: prover, functionName: 'withdrawCollateral', args: [parseEther('10')] },
        { from: buyer, functionName: 'withdraw', args: [parseEther('0.5')] },
      ],
    },
  ] satisfies readonly Step[];
}

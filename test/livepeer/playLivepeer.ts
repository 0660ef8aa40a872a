import {
  type Abi,
  type Address,
  encodeAbiParameters,
  encodePacked,
  type Hex,
  keccak256,
  maxUint256,
  parseEther,
  zeroAddress,
} from 'viem';
import { toAnvilAccount } from '../../devnet/toAnvilAccount.js';
import type { RawLog } from '../../indexer/events/logs.js';
import type { Chain } from '../fluence/openChain.js';
import { fund, type Livepeer, type Place, UNBONDING_ROUNDS, UNLOCK_ROUNDS } from './deployLivepeer.js';

export interface Actors {
  readonly orchestrator: Address;
  readonly second: Address;
  readonly delegator: Address;
  readonly receiver: Address;
  readonly gateway: Address;
  readonly finder: Address;
  readonly verifier: Address;
}

/** What the contracts themselves said at a height. */
export interface Snapshot {
  readonly step: string;
  readonly height: number;
  /** `getDelegator(wallet).bondedAmount` */
  readonly bonded: ReadonlyMap<Address, bigint>;
  /** `getDelegator(wallet).delegatedAmount` */
  readonly delegated: ReadonlyMap<Address, bigint>;
  /** `getSenderInfo(gateway)` */
  readonly deposit: bigint;
  readonly reserve: bigint;
}

export interface Played {
  readonly actors: Actors;
  readonly snapshots: readonly Snapshot[];
  /** What the orchestrator had earned when it withdrew it all. */
  readonly fees: bigint;
}

/** The last step, after which the contract's total of the delegate is no longer the sum of its bonds. */
export const SLASH_OF_ALL = 'slash of all';

/** Of anvil's accounts: the gateway signs its tickets by itself. */
const GATEWAY_INDEX = 5;
const signer = toAnvilAccount(GATEWAY_INDEX);

const lpt = (amount: string) => parseEther(amount);

/** Bond, reward, unbond, rebond, withdraw, pay by tickets, slash: after each step the contracts are asked how it stands. */
export async function playLivepeer(chain: Chain, contracts: Livepeer): Promise<Played> {
  const { bondingManager, ticketBroker, serviceRegistry, aiServiceRegistry, nextRound, own, register } = contracts;
  const [, orchestrator, second, delegator, receiver, gateway, finder, verifier] = chain.accounts as Address[];
  if (!orchestrator || !second || !delegator || !receiver || !gateway || !finder || !verifier)
    throw new Error('the chain has too few accounts');
  if (gateway.toLowerCase() !== signer.address.toLowerCase()) throw new Error('the gateway cannot sign');
  const wallets = [orchestrator, second, delegator, receiver];
  const snapshots: Snapshot[] = [];

  const call = (
    from: Address,
    { address: to, abi }: Place,
    name: string,
    args: readonly unknown[] = [],
    value?: bigint,
  ) => chain.send({ from, to, abi, name, args, value });
  const ask = (place: Place, name: string, args: readonly unknown[] = []) => view(chain, place, name, args);
  const bond = (from: Address, name: string, ...args: unknown[]) => call(from, bondingManager, name, args);

  /** Does something, then notes what the contracts say of everyone. */
  async function step(name: string, action: Promise<readonly RawLog[]>): Promise<void> {
    const logs = await action;
    const height = logs.at(-1)?.height;
    if (height === undefined) throw new Error(`${name} left no log`);
    const states = await Promise.all(wallets.map((wallet) => ask(bondingManager, 'getDelegator', [wallet])));
    const of = (field: number) =>
      new Map(wallets.map((wallet, at) => [wallet, (states[at] as readonly bigint[])[field] ?? -1n] as const));
    const [sender, reserve] = (await ask(ticketBroker, 'getSenderInfo', [gateway])) as [
      { readonly deposit: bigint },
      { readonly fundsRemaining: bigint },
    ];
    const money = { deposit: sender.deposit, reserve: reserve.fundsRemaining };
    snapshots.push({ step: name, height, bonded: of(0), delegated: of(3), ...money });
  }

  await fund(chain, contracts, wallets);
  await nextRound();
  await step('bond of an orchestrator', bond(orchestrator, 'bond', lpt('1000'), orchestrator));
  await step('its terms', bond(orchestrator, 'transcoder', 100_000n, 500_000n));
  await step('bond of a second', bond(second, 'bond', lpt('500'), second));
  await bond(second, 'transcoder', 0n, 1_000_000n);
  await call(orchestrator, serviceRegistry, 'setServiceURI', ['https://orchestrator.example:8935']);
  await call(orchestrator, aiServiceRegistry, 'setServiceURI', ['https://ai.orchestrator.example:8936']);
  await nextRound();
  await step('bond of a delegator', bond(delegator, 'bond', lpt('300'), orchestrator));
  await step('reward', bond(orchestrator, 'reward'));
  await nextRound();
  await step('second reward', bond(orchestrator, 'reward'));
  await step('claim', bond(delegator, 'claimEarnings', 0n));
  await nextRound();
  await bond(orchestrator, 'reward');
  await step('unbond', bond(delegator, 'unbond', lpt('100')));
  await step('rebond', bond(delegator, 'rebond', 0n));
  await step('unbond again', bond(delegator, 'unbond', lpt('50')));
  const hints = [zeroAddress, zeroAddress, zeroAddress, zeroAddress];
  await step('transfer of a bond', bond(delegator, 'transferBond', receiver, lpt('40'), ...hints));
  await step('change of delegate', bond(delegator, 'bond', lpt('1'), second));
  await step('bond to another delegate', bond(receiver, 'bond', lpt('1'), second));
  await nextRound();
  await step('unbond of all', bond(receiver, 'unbond', lpt('41')));
  await step('rebond from nothing', bond(receiver, 'rebondFromUnbonded', second, 1n));
  for (let round = 0n; round <= UNBONDING_ROUNDS; round += 1n) await nextRound();
  await step('withdrawal of stake', bond(delegator, 'withdrawStake', 1n));

  // Tickets: paid from the deposit; from both, and less than promised; not at all.
  const funds = [parseEther('1'), parseEther('2')];
  await step('funding', call(gateway, ticketBroker, 'fundDepositAndReserve', funds, parseEther('3')));
  await step('more reserve', call(gateway, ticketBroker, 'fundReserve', [], parseEther('1')));
  for (const [index, faceValue] of ['0.4', '5', '5'].entries()) {
    const ticket = await signTicket(chain, contracts, {
      gateway,
      orchestrator,
      faceValue: parseEther(faceValue),
      index,
    });
    await step(`ticket of ${faceValue}`, call(orchestrator, ticketBroker, 'redeemWinningTicket', ticket));
  }
  await step('unlock', call(gateway, ticketBroker, 'unlock'));
  await step('cancelled', call(gateway, ticketBroker, 'cancelUnlock'));
  await call(gateway, ticketBroker, 'unlock');
  for (let round = 0n; round < UNLOCK_ROUNDS; round += 1n) await nextRound();
  await step('withdrawal of escrow', call(gateway, ticketBroker, 'withdraw'));
  const fees = (await ask(bondingManager, 'pendingFees', [orchestrator, 0n])) as bigint;
  await step('withdrawal of fees', bond(orchestrator, 'withdrawFees', finder, fees));

  await register('Verifier', verifier);
  await step('slash', bond(verifier, 'slashTranscoder', orchestrator, finder, 100_000n, 50_000n));
  await step(SLASH_OF_ALL, bond(verifier, 'slashTranscoder', second, zeroAddress, 1_000_000n, 0n));
  await own(bondingManager, 'setUnbondingPeriod', [5n]);
  await own(bondingManager, 'setUnbondingPeriod', [6n]);
  return { actors: { orchestrator, second, delegator, receiver, gateway, finder, verifier }, snapshots, fees };
}

function view(
  chain: Chain,
  { address: to, abi }: Place,
  name: string,
  args: readonly unknown[] = [],
): Promise<unknown> {
  return chain.view({ to, abi: abi as Abi, name, args });
}

interface TicketOptions {
  readonly gateway: Address;
  readonly orchestrator: Address;
  readonly faceValue: bigint;
  readonly index: number;
}

/** A ticket that always wins, as `redeemWinningTicket` takes it. */
async function signTicket(
  chain: Chain,
  { ticketBroker, roundsManager }: Livepeer,
  { gateway: sender, orchestrator: recipient, faceValue, index }: TicketOptions,
): Promise<readonly unknown[]> {
  const round = (await view(chain, roundsManager, 'currentRound')) as bigint;
  const blockHash = (await view(chain, roundsManager, 'blockHashForRound', [round])) as Hex;
  const recipientRand = 1_000n + BigInt(index);
  const ticket = {
    ...{ recipient, sender, faceValue, winProb: maxUint256, senderNonce: BigInt(index) },
    recipientRandHash: keccak256(encodePacked(['uint256'], [recipientRand])),
    auxData: encodeAbiParameters([{ type: 'uint256' }, { type: 'bytes32' }], [round, blockHash]),
  };
  const raw = (await view(chain, ticketBroker, 'getTicketHash', [ticket])) as Hex;
  return [ticket, await signer.signMessage({ message: { raw } }), recipientRand];
}

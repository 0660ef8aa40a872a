import { type AbiEvent, encodeAbiParameters, encodeEventTopics, parseAbiItem } from 'viem';
import type { Hex } from '../../../schema/lib/hex.js';
import { livepeerEvents } from '../../../schema/protocols/abis/livepeer.js';
import { livepeerContractIds } from '../../../schema/protocols/livepeer/contractIds.js';
import { getNetwork } from '../../../schema/protocols/protocols.js';
import { createContracts } from '../../decode/createContracts.js';
import { createDecoder } from '../../decode/createDecoder.js';
import type { ReadResults } from '../../events/ContractRead.js';
import type { DecodedLog } from '../../events/logs.js';
import { livepeerAdapter } from './livepeerAdapter.js';

const network = getNetwork('livepeer-arbitrum');
const decode = createDecoder(createContracts([network]));

type Role = keyof typeof livepeerEvents;

const [transcoder, delegator, gateway, other] = ['a1', 'd2', 'b3', 'c4'].map((digits): Hex => `0x${digits.repeat(20)}`);
const nobody: Hex = `0x${'0'.repeat(40)}`;
const commit: Hex = `0x${'5'.repeat(40)}`;
const blockHash: Hex = `0x${'b'.repeat(64)}`;

/** A log as the contract of that role would write it. */
function build(role: Role, name: string, args: Readonly<Record<string, unknown>>): DecodedLog {
  const signature = livepeerEvents[role].find((one) => one.startsWith(`event ${name}(`)) ?? '';
  const event = parseAbiItem(signature) as AbiEvent;
  const plain = event.inputs.filter((input) => !input.indexed);
  const { address, startBlock } = network.definition.contracts.find((one) => one.role === role) ?? {};
  const decoding = decode({
    ...{ height: (startBlock ?? 0) + 1, blockHash, txHash: blockHash, txIndex: 0, logIndex: 0 },
    address: String(address).toLowerCase() as Hex,
    topics: encodeEventTopics({ abi: [event], args }) as Hex[],
    data: encodeAbiParameters(
      plain,
      plain.map((input) => args[input.name ?? '']),
    ),
  });
  if (decoding.kind !== 'decoded') throw new Error(`${role}.${name} did not decode`);
  return decoding.decoded;
}

function adapt(role: Role, name: string, args: Readonly<Record<string, unknown>>, reads: ReadResults = new Map()) {
  const [adapted] = livepeerAdapter.adapt([build(role, name, args)], reads);
  return { events: adapted?.events ?? [], subject: adapted?.subject };
}

const contractOf = (role: Role) =>
  network.definition.contracts.find((one) => one.role === role)?.address.toLowerCase() ?? '';

describe("Livepeer's registry of contracts", () => {
  it('tells the code behind a proxy, with the commit it was built from', () => {
    const { BondingManagerTarget: id } = livepeerContractIds;
    const args = { id, contractAddress: other, gitCommitHash: commit };
    expect(adapt('controller', 'SetContractInfo', args).events).toEqual([
      { kind: 'parameterChanged', name: 'contract:BondingManagerTarget', value: `${other} ${commit}` },
    ]);
  });

  it('calls a name that nobody knows by its hash', () => {
    const args = { id: blockHash, contractAddress: other, gitCommitHash: commit };
    expect(adapt('controller', 'SetContractInfo', args).events).toMatchObject([{ name: `contract:${blockHash}` }]);
  });

  it('tells when everything stands still', () => {
    expect([...adapt('controller', 'Pause', {}).events, ...adapt('controller', 'Unpause', {}).events]).toEqual([
      { kind: 'parameterChanged', name: 'paused', value: 'true' },
      { kind: 'parameterChanged', name: 'paused', value: 'false' },
    ]);
  });
});

describe("Livepeer's parameters", () => {
  it('are asked of the contract that names them, at the block of the log', () => {
    const log = build('roundsManager', 'ParameterUpdate', { param: 'roundLength' });
    const [read, ...rest] = livepeerAdapter.toReads?.(log, new Map()) ?? [];
    expect(rest).toEqual([]);
    expect(read).toMatchObject({ address: contractOf('roundsManager'), blockHash, args: [], immutable: false });
    expect(read?.signature).toMatch(/^function roundLength\(\)/);
    const reads = new Map([[read?.key ?? '', 5_760n]]);
    expect(adapt('roundsManager', 'ParameterUpdate', { param: 'roundLength' }, reads).events).toEqual([
      { kind: 'parameterChanged', name: 'roundLength', value: '5760' },
    ]);
  });

  it('are unknown where no view tells them, the contract did not answer, or the node pruned its state', () => {
    const unknown = (param: string) => [{ kind: 'parameterChanged', name: param, value: 'unknown' }];
    for (const param of ['ofAnUpgrade', 'constructor', 'roundLength'])
      expect(livepeerAdapter.toReads?.(build('minter', 'ParameterUpdate', { param }), new Map())).toEqual([]);
    expect(adapt('minter', 'ParameterUpdate', { param: 'ofAnUpgrade' }).events).toEqual(unknown('ofAnUpgrade'));
    expect(adapt('minter', 'ParameterUpdate', { param: 'inflationChange' }).events).toEqual(unknown('inflationChange'));
    const [read] =
      livepeerAdapter.toReads?.(build('minter', 'ParameterUpdate', { param: 'inflationChange' }), new Map()) ?? [];
    const refused = new Map([[read?.key ?? '', undefined]]);
    expect(adapt('minter', 'ParameterUpdate', { param: 'inflationChange' }, refused).events).toEqual(
      unknown('inflationChange'),
    );
  });

  it('change by the round where inflation does, and not because a round begins', () => {
    const tokens = { currentMintableTokens: 9_000n, currentInflation: 218_500n };
    expect(adapt('minter', 'SetCurrentRewardTokens', tokens).events).toEqual([
      { kind: 'parameterChanged', name: 'inflation', value: '218500' },
    ]);
    expect(adapt('roundsManager', 'NewRound', { round: 2_500n, blockHash })).toEqual({
      events: [],
      subject: undefined,
    });
  });
});

describe("Livepeer's orchestrators", () => {
  it('have one place for video and another for AI, which do not overwrite each other', () => {
    const args = { addr: transcoder, serviceURI: 'https://orchestrator.example:8935' };
    expect(adapt('serviceRegistry', 'ServiceURIUpdate', args).events).toEqual([
      { kind: 'providerUpdated', provider: transcoder, attributes: { uri: args.serviceURI } },
    ]);
    expect(adapt('aiServiceRegistry', 'ServiceURIUpdate', args).events).toEqual([
      { kind: 'providerUpdated', provider: transcoder, attributes: { terms: { aiServiceUri: args.serviceURI } } },
    ]);
  });

  it('show what mentions them without a meaning of its own', () => {
    const treasury = { transcoder, treasury: other, amount: 5n };
    expect(adapt('bondingManager', 'TreasuryReward', treasury)).toEqual({
      events: [],
      subject: { provider: transcoder },
    });
    const claimed = { reserveHolder: gateway, claimant: transcoder, amount: 5n };
    expect(adapt('ticketBroker', 'ReserveClaimed', claimed)).toEqual({ events: [], subject: { provider: transcoder } });
    const [ticket, randomness] = [
      { faceValue: 9n, winProb: 1n, senderNonce: 1n },
      { recipientRand: 1n, auxData: '0x' },
    ];
    const redeemed = { sender: gateway, recipient: transcoder, ...ticket, ...randomness };
    expect(adapt('ticketBroker', 'WinningTicketRedeemed', redeemed)).toEqual({
      events: [],
      subject: { provider: transcoder },
    });
  });
});

describe("Livepeer's stake", () => {
  const claim = { delegate: transcoder, delegator, fees: 3n, startRound: 1n, endRound: 2n };

  it('passes a claimed reward from the contract to its owner, and leaves the delegate as it was', () => {
    const provider = transcoder;
    const pool = contractOf('bondingManager');
    expect(adapt('bondingManager', 'Reward', { transcoder, amount: 10n }).events).toEqual([
      { kind: 'stakeChanged', change: 'rewarded', account: pool, amount: 10n, delta: 10n, provider },
    ]);
    expect(adapt('bondingManager', 'EarningsClaimed', { ...claim, rewards: 4n }).events).toEqual([
      { kind: 'stakeChanged', change: 'credited', account: delegator, amount: 4n, delta: 4n, provider },
      { kind: 'stakeChanged', change: 'moved', account: pool, amount: 4n, delta: -4n, provider },
    ]);
  });

  it('does not change where nothing was earned, or nobody is the delegate', () => {
    expect(adapt('bondingManager', 'EarningsClaimed', { ...claim, rewards: 0n })).toEqual({
      events: [],
      subject: { provider: transcoder },
    });
    expect(adapt('bondingManager', 'EarningsClaimed', { ...claim, delegate: nobody, rewards: 0n })).toEqual({
      events: [],
      subject: undefined,
    });
    const slashed = { transcoder, finder: other, penalty: 0n, finderReward: 0n };
    expect(adapt('bondingManager', 'TranscoderSlashed', slashed).events).toEqual([]);
  });

  it('bonded to nobody is its wallet’s, until a Bond takes it to a delegate', () => {
    const rebond = { delegate: nobody, delegator, unbondingLockId: 0n, amount: 7n };
    const stake = { kind: 'stakeChanged', account: delegator };
    expect(adapt('bondingManager', 'Rebond', rebond).events).toEqual([
      { ...stake, change: 'locked', amount: 7n, delta: 7n },
    ]);
    const bond = { newDelegate: transcoder, oldDelegate: nobody, delegator, additionalAmount: 2n, bondedAmount: 9n };
    expect(adapt('bondingManager', 'Bond', bond).events).toEqual([
      { ...stake, change: 'locked', amount: 2n, delta: 2n, provider: transcoder },
      { ...stake, change: 'moved', amount: 7n, delta: -7n },
      { ...stake, change: 'moved', amount: 7n, delta: 7n, provider: transcoder },
      { kind: 'balanceStated', of: 'stake', account: delegator, amount: 9n },
    ]);
  });
});

describe('what came from Ethereum', () => {
  // The bond that each of them makes is told by the BondingManager in the same transaction.
  it('is stake without an effect of its own, and fees paid out', () => {
    const moved = { kind: 'stakeChanged', change: 'moved', account: delegator, delta: 0n };
    const paid = { kind: 'paid', role: 'withdrawal', recipient: delegator };
    const claimed = { delegator, delegate: transcoder, stake: 40n, fees: 2n };
    expect(adapt('l2Migrator', 'StakeClaimed', claimed).events).toEqual([
      { ...moved, amount: 40n },
      { ...paid, amount: 2n },
    ]);
    const of = { l1Addr: other, l2Addr: delegator, delegate: transcoder };
    const params = { ...of, stake: 30n, delegatedStake: 90n, fees: 0n };
    expect(adapt('l2Migrator', 'MigrateDelegatorFinalized', { params }).events).toEqual([{ ...moved, amount: 30n }]);
    const locks = { ...of, total: 20n, unbondingLockIds: [1n, 2n] };
    expect(adapt('l2Migrator', 'MigrateUnbondingLocksFinalized', { params: locks }).events).toEqual([
      { ...moved, amount: 20n },
    ]);
    const sender = { l1Addr: other, l2Addr: gateway, deposit: 5n, reserve: 6n };
    expect(adapt('l2Migrator', 'MigrateSenderFinalized', { params: sender }).events).toEqual([]);
  });
});

describe("gateways' money", () => {
  const account = gateway;

  it('comes as deposit and reserve, and goes as both together', () => {
    const { events: deposit } = adapt('ticketBroker', 'DepositFunded', { sender: gateway, amount: 5n });
    const { events: reserve } = adapt('ticketBroker', 'ReserveFunded', { reserveHolder: gateway, amount: 6n });
    const { events: nothing } = adapt('ticketBroker', 'DepositFunded', { sender: gateway, amount: 0n });
    const { events: back } = adapt('ticketBroker', 'Withdrawal', { sender: gateway, deposit: 1n, reserve: 2n });
    expect([...deposit, ...reserve, ...nothing, ...back]).toEqual([
      { kind: 'escrowChanged', change: 'deposited', account, amount: 5n, delta: 5n },
      { kind: 'escrowChanged', change: 'deposited', account, amount: 6n, delta: 6n },
      { kind: 'escrowChanged', change: 'withdrawn', account, amount: 3n, delta: -3n },
    ]);
  });

  it('is spent as much as a ticket moved, whatever its face said', () => {
    const args = { sender: gateway, recipient: transcoder, amount: 8n };
    expect(adapt('ticketBroker', 'WinningTicketTransfer', args).events).toEqual([
      { kind: 'paid', role: 'provider', provider: transcoder, payer: gateway, recipient: transcoder, amount: 8n },
      { kind: 'escrowChanged', change: 'spent', account, amount: 8n, delta: -8n },
    ]);
  });
});

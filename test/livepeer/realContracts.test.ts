import { type Address, parseEther } from 'viem';
import type { CanonicalEvent } from '../../indexer/events/CanonicalEvent.js';
import type { AdaptedLog } from '../../indexer/events/logs.js';
import { livepeerEvents } from '../../schema/protocols/abis/livepeer.js';
import { compileSolidity } from '../contracts/compileSolidity.js';
import { type Chain, openChain } from '../fluence/openChain.js';
import { COMMIT, deployLivepeer, type Livepeer, type Place, toRole } from './deployLivepeer.js';
import { type Played, playLivepeer, SLASH_OF_ALL } from './playLivepeer.js';
import { hasArtifacts } from './readArtifact.js';

/** Livepeer's own bytecode, from npm, on a chain of its own: the indexer's sums are held against the contracts' state. */
// A continuous integration installs everything: there a missing package is a failure.
const suite =
  hasArtifacts || process.env.CI === 'true'
    ? describe
    : (title: string, _: () => void) =>
        it.skip(`${title} (skipped: the npm package @livepeer/sdk is not installed)`, () => undefined);

type Of<Kind extends CanonicalEvent['kind']> = Extract<CanonicalEvent, { kind: Kind }>;

const lower = (address: Address) => address.toLowerCase();

suite('real Livepeer contracts', () => {
  let chain: Chain;
  let contracts: Livepeer;
  let played: Played;
  let logs: readonly AdaptedLog[];
  let standIn: Record<'bondingManager' | 'bondingVotes' | 'l2Migrator', Place>;
  let movedMinter: Place;
  /** Where the stand-ins' logs begin: what they say of stake is made up. */
  let endOfReal: number;

  beforeAll(async () => {
    chain = await openChain();
    contracts = await deployLivepeer(chain);
    played = await playLivepeer(chain, contracts);
    movedMinter = await moveMinter();
    endOfReal = (await contracts.own(contracts.ticketBroker, 'setUnlockPeriod', [9n])).at(-1)?.height ?? 0;
    standIn = await playStandIns();
    logs = await chain.interpret(contracts.network);
  }, 120_000);

  afterAll(async () => {
    await chain?.close();
  });

  /** As in February 2022: everything stops, the funds go over, the new one is registered, the next round asks it. */
  async function moveMinter(): Promise<Place> {
    const { controller, minter, token, own, register, nextRound } = contracts;
    const next = await contracts.deployMinter();
    for (const role of ['MINTER_ROLE', 'BURNER_ROLE']) await own(token, 'grantRole', [toRole(role), next.address]);
    await own(controller, 'pause');
    await own(minter, 'migrateToNewMinter', [next.address]);
    await register('Minter', next.address);
    await own(controller, 'unpause');
    await nextRound();
    await own(next, 'setInflationChange', [4n]);
    return next;
  }

  /** A contract of our own under three names: see LivepeerStandIn.sol for why. */
  async function playStandIns() {
    const compiled = compileSolidity('LivepeerStandIn.sol').LivepeerStandIn;
    if (!compiled) throw new Error('the stand-in did not compile');
    const place = async (name: 'BondingManager' | 'BondingVotes' | 'L2Migrator'): Promise<Place> => {
      const address = await chain.deploy(compiled);
      await contracts.register(name, address);
      return { address, abi: compiled.abi };
    };
    const { orchestrator, delegator, receiver } = played.actors;
    const places = {
      bondingVotes: await place('BondingVotes'),
      l2Migrator: await place('L2Migrator'),
      bondingManager: await place('BondingManager'),
    };
    await contracts.own(places.bondingVotes, 'checkpoint', [delegator, orchestrator, 5n, 7n, 21n]);
    await contracts.own(places.l2Migrator, 'claimStake', [delegator, orchestrator, 40n, 2n]);
    await contracts.own(places.l2Migrator, 'finalize', [delegator, receiver, orchestrator, 30n, 0n]);
    await contracts.own(places.bondingManager, 'reward', [orchestrator, delegator, 3n, 27n]);
    return places;
  }

  function list<Kind extends CanonicalEvent['kind']>(kind: Kind, from = logs): readonly Of<Kind>[] {
    return from.flatMap(({ events }) => events.filter((event): event is Of<Kind> => event.kind === kind));
  }

  const upTo = (height: number) => logs.filter(({ decoded }) => decoded.log.height <= height);

  function listNames(role: string): readonly string[] {
    return [...new Set(logs.filter(({ decoded }) => decoded.role === role).map(({ decoded }) => decoded.name))];
  }

  it('are found by the Controller alone, and emit every event that the manifest names for them', () => {
    expect(logs.filter(({ decoded }) => decoded.name === 'unknown')).toEqual([]);
    // What no call of these contracts, nor the stand-in, brings about: a new Controller, and events of the proxies' kin.
    const unplayed = ['SetController', 'ParameterUpdate', 'OwnershipTransferred', 'DelegatorPoolCreated'];
    for (const [role, signatures] of Object.entries(livepeerEvents)) {
      const named = signatures.map((signature) => /^event (\w+)/.exec(signature)?.[1] ?? '');
      const expected = named.filter((name) => ![...unplayed, 'ControllerContractUpdate'].includes(name));
      expect([role, listNames(role)]).toEqual([role, expect.arrayContaining(expected)]);
    }
  });

  it("hold every wallet's bond at what its stake changes add up to, step by step", () => {
    expect(played.snapshots.length).toBeGreaterThan(20);
    for (const { step, height, bonded } of played.snapshots) {
      const changes = list('stakeChanged', upTo(height));
      for (const [wallet, amount] of bonded) {
        const sum = sumOf(changes.filter(({ account }) => account === lower(wallet)));
        expect([step, wallet, sum]).toEqual([step, wallet, amount]);
      }
    }
  });

  it("hold every orchestrator's stake at what its changes add up to, unclaimed rewards included", () => {
    const { orchestrator, second, delegator, receiver } = played.actors;
    for (const { step, height, delegated } of played.snapshots.filter((one) => one.step !== SLASH_OF_ALL)) {
      const changes = list('stakeChanged', upTo(height));
      for (const wallet of [orchestrator, second, delegator, receiver]) {
        const sum = sumOf(changes.filter(({ provider }) => provider === lower(wallet)));
        expect([step, wallet, sum]).toEqual([step, wallet, delegated.get(wallet)]);
      }
    }
    const pool = list('stakeChanged', upTo(endOfReal)).filter(
      ({ account }) => account === lower(contracts.bondingManager.address),
    );
    expect(pool.map(({ change }) => change)).toEqual(expect.arrayContaining(['rewarded', 'moved']));
    expect(sumOf(pool)).toBeGreaterThanOrEqual(0n);
  });

  it('take a slash of all from an orchestrator, whose total the contract forgets to lower', () => {
    const { second } = played.actors;
    const [before, after] = played.snapshots.slice(-2);
    expect(after?.step).toBe(SLASH_OF_ALL);
    expect([after?.bonded.get(second), after?.delegated.get(second)]).toEqual([0n, before?.delegated.get(second)]);
    const taken = list('stakeChanged').find(({ change, account }) => change === 'slashed' && account === lower(second));
    expect(taken).toMatchObject({ provider: lower(second), delta: -(before?.bonded.get(second) ?? 0n) });
  });

  it('tell what was locked, left, came back, went and was taken', () => {
    const { orchestrator, delegator } = played.actors;
    const ofDelegator = list('stakeChanged', upTo(endOfReal)).filter(({ account }) => account === lower(delegator));
    expect(new Set(ofDelegator.map(({ change }) => change))).toEqual(
      new Set(['locked', 'unlocking', 'credited', 'moved', 'withdrawn']),
    );
    const [slash] = list('stakeChanged').filter(({ change }) => change === 'slashed');
    expect(slash).toMatchObject({ account: lower(orchestrator), provider: lower(orchestrator) });
    // A tenth of the bond, which rewards had grown by then.
    expect(slash?.delta).toBeLessThanOrEqual(-parseEther('100'));
  });

  it("hold a gateway's deposit and reserve at what its escrow adds up to, step by step", () => {
    const { gateway } = played.actors;
    for (const { step, height, deposit, reserve } of played.snapshots) {
      const changes = list('escrowChanged', upTo(height)).filter(({ account }) => account === lower(gateway));
      expect([step, sumOf(changes)]).toEqual([step, deposit + reserve]);
    }
    expect(list('escrowChanged').map(({ change }) => change)).toEqual([
      ...['deposited', 'deposited', 'deposited', 'spent', 'spent', 'withdrawn'],
    ]);
  });

  it('pay what tickets moved, not what they promised', () => {
    const { orchestrator, gateway, finder } = played.actors;
    const paid = list('paid', upTo(endOfReal));
    const ticket = { role: 'provider', provider: lower(orchestrator), payer: lower(gateway) };
    // Of the second's face value of 5: the deposit's 0.6, and the share of the reserve (3 of two orchestrators).
    expect(paid).toMatchObject([
      { ...ticket, amount: parseEther('0.4') },
      { ...ticket, amount: parseEther('0.6') + parseEther('1.5') },
      { role: 'withdrawal', recipient: lower(finder), amount: played.fees },
    ]);
    const redeemed = logs.filter(({ decoded }) => decoded.name === 'WinningTicketRedeemed');
    expect(redeemed.map(({ decoded }) => decoded.args.faceValue)).toEqual(
      ['0.4', '5', '5'].map((one) => parseEther(one)),
    );
    for (const { events, subject } of redeemed) {
      expect([events, subject]).toEqual([[], { provider: lower(orchestrator) }]);
    }
    const [claimed, ...others] = logs.filter(({ decoded }) => decoded.name === 'ReserveClaimed');
    expect([claimed?.events, claimed?.decoded.args.amount, others]).toEqual([[], parseEther('1.5'), []]);
  });

  it('describe an orchestrator by its terms and both of its places', () => {
    const { orchestrator } = played.actors;
    const updates = list('providerUpdated').filter(({ provider }) => provider === lower(orchestrator));
    expect(updates.map(({ attributes }) => attributes)).toEqual([
      { owner: lower(orchestrator), active: true },
      { owner: lower(orchestrator), terms: { rewardCutPpm: '100000', feeSharePpm: '500000' } },
      { uri: 'https://orchestrator.example:8935' },
      { terms: { aiServiceUri: 'https://ai.orchestrator.example:8936' } },
      { active: false },
    ]);
  });

  it('tell parameters as they were at their log', () => {
    const { controller: _, ...rest } = contracts;
    const parameters = list('parameterChanged').map(({ name, value }) => [name, value]);
    const isPlain = ([name = '']: string[]) => !name.includes(':') && name !== 'inflation';
    expect(parameters.filter(isPlain)).toEqual([
      ['unbondingPeriod', '7'],
      ['numActiveTranscoders', '10'],
      ['roundLength', '50'],
      ['roundLockAmount', '100000'],
      ['unlockPeriod', '3'],
      ['ticketValidityPeriod', '2'],
      ['paused', 'false'],
      ['unbondingPeriod', '5'],
      ['unbondingPeriod', '6'],
      ['paused', 'true'],
      ['paused', 'false'],
      ['inflationChange', '4'],
      ['unlockPeriod', '9'],
    ]);
    expect(parameters).toContainEqual(['contract:BondingManager', `${lower(rest.bondingManager.address)} ${COMMIT}`]);
    expect(parameters.filter(([name]) => name?.endsWith('Target')).map(([name]) => name)).toEqual(
      ['BondingManager', 'TicketBroker', 'RoundsManager', 'ServiceRegistry'].map((name) => `contract:${name}Target`),
    );
    const rounds = logs.filter(({ decoded }) => decoded.name === 'NewRound');
    const inflation = list('parameterChanged').filter(({ name }) => name === 'inflation');
    expect(inflation.length).toBe(rounds.length);
    expect(rounds.flatMap(({ events }) => events)).toEqual([]);
  });

  it('are followed to where the Controller moves them', () => {
    const minters = logs.filter(({ decoded }) => decoded.name === 'SetCurrentRewardTokens');
    const addresses = minters.map(({ decoded }) => decoded.log.address);
    expect(addresses.at(-1)).toBe(lower(movedMinter.address));
    expect(new Set(addresses)).toEqual(new Set([contracts.minter, movedMinter].map(({ address }) => lower(address))));
    const managers = logs.filter(({ decoded }) => decoded.role === 'bondingManager');
    expect(managers.at(-1)?.decoded.log.address).toBe(lower(standIn.bondingManager.address));
  });

  it('and what came after the bytecode on npm: the treasury, votes, and stake from Ethereum', () => {
    const { orchestrator, delegator, receiver } = played.actors;
    const after = logs.filter(({ decoded }) => decoded.log.height > endOfReal);
    const of = (name: string) => after.find(({ decoded }) => decoded.name === name);
    expect(of('TreasuryReward')).toMatchObject({ events: [], subject: { provider: lower(orchestrator) } });
    expect(of('DelegatorBondedAmountChanged')).toMatchObject({
      decoded: { role: 'bondingVotes', args: { delegate: lower(delegator), newBondedAmount: 7n } },
      events: [],
      subject: undefined,
    });
    const stake = { kind: 'stakeChanged', change: 'moved', delta: 0n };
    expect(of('StakeClaimed')?.events).toMatchObject([
      { ...stake, account: lower(delegator), amount: 40n },
      { kind: 'paid', role: 'withdrawal', recipient: lower(delegator), amount: 2n },
    ]);
    const moved = { ...stake, account: lower(receiver), amount: 30n };
    expect(of('MigrateDelegatorFinalized')?.events).toMatchObject([moved]);
    expect(of('MigrateUnbondingLocksFinalized')?.events).toMatchObject([moved]);
    expect(of('MigrateSenderFinalized')?.events).toEqual([]);
  });
});

function sumOf(changes: readonly { readonly delta: bigint }[]): bigint {
  return changes.reduce((sum, { delta }) => sum + delta, 0n);
}

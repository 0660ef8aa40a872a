import type { CanonicalEvent } from '../../indexer/events/CanonicalEvent.js';
import type { AdaptedLog } from '../../indexer/events/logs.js';
import { type Deployment, deployFluence } from './deployFluence.js';
import { type Chain, openChain } from './openChain.js';
import { market, type Played, playMarket } from './playMarket.js';
import { hasArtifacts } from './readArtifact.js';

/**
 * Fluence's own bytecode, from npm, on a chain of its own, and what the indexer makes of it. The package states no
 * licence, so it is a development dependency at most, and nothing of it is kept here.
 */
// A continuous integration installs everything: there a missing package is a failure.
const suite =
  hasArtifacts || process.env.CI === 'true'
    ? describe
    : (title: string, _: () => void) =>
        it.skip(`${title} (skipped: the npm package @fluencelabs/deal-ts-clients is not installed)`, () => undefined);

type Of<Kind extends CanonicalEvent['kind']> = Extract<CanonicalEvent, { kind: Kind }>;

suite('real Fluence contracts', () => {
  let chain: Chain;
  let deployment: Deployment;
  let played: Played;
  let logs: readonly AdaptedLog[];

  beforeAll(async () => {
    chain = await openChain();
    deployment = await deployFluence(chain);
    played = await playMarket(chain, deployment);
    logs = await chain.interpret(deployment.network);
  }, 120_000);

  afterAll(async () => {
    await chain?.close();
  });

  function list<Kind extends CanonicalEvent['kind']>(kind: Kind): readonly Of<Kind>[] {
    return logs.flatMap(({ events }) => events.filter((event): event is Of<Kind> => event.kind === kind));
  }

  it('make a provider with prices for every kind of resource', () => {
    const { provider } = played;
    expect(list('providerUpdated')).toMatchObject([
      { provider, attributes: { name: market.name, terms: { metadata: expect.stringMatching(/^bafkrei/) } } },
    ]);
    const kinds = ['vcpu', 'ram', 'storage', 'publicIp', 'networkBandwidth'];
    expect(list('priced')).toEqual(
      kinds.map((resource, index) => {
        const amount = BigInt(index + 1);
        return { kind: 'priced', provider, basis: 'advertised', unit: 'epoch', resource, amount };
      }),
    );
  });

  it('make nodes of its peers, with their place and what they have', () => {
    for (const [name, units] of [
      ['steady', '2'],
      ['failing', '1'],
    ] as const) {
      const changes = list('nodeUpdated').filter(({ node }) => node === market.peers[name]);
      expect(changes[0]).toMatchObject({ provider: played.provider, attributes: { active: true, region: 'LT-KUN-1' } });
      const terms = Object.assign({}, ...changes.map(({ attributes }) => attributes.terms));
      const commitmentStatus = name === 'steady' ? 'active' : 'failed';
      expect(terms).toMatchObject({
        computeUnits: units,
        owner: played.signer,
        networkBandwidth: '1000',
        commitmentStatus,
      });
    }
  });

  it('lock, slash and free the stake of each pledge, which ends at nothing', () => {
    const { provider, staker } = played;
    const of = (node: string) => list('stakeChanged').filter((change) => change.node === node);
    for (const change of list('stakeChanged')) expect(change.provider).toBe(provider);
    expect(of(market.peers.failing)).toMatchObject([
      { change: 'locked', account: staker },
      { change: 'unlocked', account: staker },
      { change: 'slashed', account: staker },
    ]);
    expect(of(market.peers.failing).reduce((sum, { delta }) => sum + delta, 0n)).toBe(0n);
    expect(of(market.peers.steady)).toMatchObject([
      { change: 'locked', account: staker },
      { change: 'rewarded', account: provider, delta: 0n },
      { change: 'rewarded', account: staker, delta: 0n },
    ]);
    // The pledge gives the staker a fifth.
    const [, forProvider, forStaker] = of(market.peers.steady);
    expect(forProvider?.amount).toBe(4n * (forStaker?.amount ?? 0n));
    expect(forStaker?.amount).toBeGreaterThan(0n);
  });

  it('show every proof on the page of its node', () => {
    const proofs = logs.filter(({ decoded }) => decoded.name === 'ProofSubmitted');
    expect(proofs.length).toBe(10);
    for (const { events, subject } of proofs) expect([events, subject]).toEqual([[], { node: market.peers.steady }]);
  });

  it('run a deal from its creation to its end, each step once', () => {
    const { deal, provider, buyer } = played;
    const steps = logs.flatMap(({ events }) => events.filter(({ kind }) => /^(job|task)/.test(kind)));
    const price = { amount: market.pricePerEpoch, providerAmount: market.pricePerEpoch, unit: 'epoch' };
    expect(steps).toMatchObject([
      { kind: 'jobCreated', job: deal, buyer, price, attributes: { resources: 'vcpu 2, ram 4294967296' } },
      { kind: 'jobAssigned', job: deal, provider },
      { kind: 'taskAttempted', task: deal, node: market.peers.steady },
      { kind: 'taskStarted', task: deal },
      { kind: 'taskCompleted', task: deal },
    ]);
    expect(logs.filter(({ decoded }) => ['DealEnded', 'DealStoppedV2'].includes(decoded.name))).toHaveLength(2);
  });

  it("account for the buyer's money to the last unit", async () => {
    const { deal, provider } = played;
    const changes = list('escrowChanged');
    expect(changes.map(({ change }) => change)).toEqual(['deposited', 'deposited', 'spent', 'spent', 'withdrawn']);
    for (const { job } of changes) expect(job).toBe(deal);
    expect(changes.reduce((sum, { delta }) => sum + delta, 0n)).toBe(0n);
    expect(changes[0]).toMatchObject({ account: played.buyer, amount: market.deposit });
    expect(changes.at(-1)).toMatchObject({ account: played.buyer });
    const [paid, ...others] = list('paid');
    const spent = changes.filter(({ change }) => change === 'spent').reduce((sum, { amount }) => sum + amount, 0n);
    expect(others).toEqual([{ kind: 'paid', task: deal, role: 'fee', amount: spent - (paid?.amount ?? 0n) }]);
    expect(paid).toMatchObject({ task: deal, provider, node: market.peers.steady, role: 'provider' });
    expect(paid?.amount).toBe(await played.balanceOf(provider));
  });

  it('name each rule as the view that changes with it', async () => {
    const { diamond: to, abi, network } = deployment;
    const [from] = chain.accounts;
    if (!from) throw new Error('the chain has no accounts');
    const rules = [
      ...Array.from({ length: 5 }, (_, type) => ['setConstant', type] as const),
      ...Array.from({ length: 13 }, (_, type) => ['setCapacityConstant', type] as const),
    ];
    const changes: (readonly string[])[] = [];
    for (const [name, type] of rules) {
      const before = await readViews();
      await chain.send({ from, to, abi, name, args: [type, 3n] });
      const after = await readViews();
      changes.push([...after.keys()].filter((view) => after.get(view) !== before.get(view)));
    }
    logs = await chain.interpret(network);
    const named = list('parameterChanged').filter(({ name }) => !name.startsWith('paymentToken'));
    expect(named.map(({ value }) => value)).toEqual(rules.map(() => '3'));
    for (const [index, { name }] of named.entries()) expect(changes[index]).toContain(name);
  });

  /** What the Diamond says of itself in numbers. */
  async function readViews(): Promise<ReadonlyMap<string, unknown>> {
    const { diamond: to, abi } = deployment;
    const names = abi.flatMap((item) =>
      item.type === 'function' && item.inputs.length === 0 && item.outputs[0]?.type === 'uint256' ? [item.name] : [],
    );
    const values = new Map<string, unknown>();
    for (const name of names) values.set(name, await chain.view({ to, abi, name }));
    return values;
  }
});

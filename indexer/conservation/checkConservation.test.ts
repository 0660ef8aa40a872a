import type pg from 'pg';
import { chainId, createDraw, toBatches, toCursor, toHash, toHeader } from '../../test/writer/marketChain.js';
import { drawMoney, moneyNetwork, type Step, strict, toMoneyBlocks } from '../../test/writer/moneyChain.js';
import { type OpenStore, openStore } from '../../test/writer/openStore.js';
import { checkInvariants } from '../audit/checkInvariants.js';
import type { CanonicalEvent } from '../events/CanonicalEvent.js';
import { registerNetworks } from '../writer/registerNetworks.js';
import { checkConservation } from './checkConservation.js';
import { type FoundAnomaly, findAnomalies, listAnomalies } from './findAnomalies.js';

const BLOCKS = 60;
const whole = { from: 1, to: BLOCKS };
const cursor = { height: BLOCKS, hash: toHeader(BLOCKS).hash };

function drawSteps(seed: number): readonly Step[] {
  return drawMoney({ draw: createDraw(seed), blocks: BLOCKS });
}

async function withStore(work: (open: OpenStore) => Promise<void>): Promise<void> {
  const open = await openStore({ networks: [moneyNetwork] });
  try {
    await work(open);
  } finally {
    await open.close();
  }
}

async function withClient<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    return await work(client);
  } finally {
    client.release();
  }
}

const check = ({ pool }: OpenStore) => withClient(pool, (client) => checkConservation(client, chainId));
const recorded = ({ pool }: OpenStore) => withClient(pool, (client) => listAnomalies(client, chainId));
const write = (open: OpenStore, steps: readonly Step[]) =>
  open.write(toBatches(toMoneyBlocks(steps, whole), 9).map((batch, at) => ({ ...batch, coarse: at < 3 })));

type Of<Kind extends CanonicalEvent['kind']> = Extract<CanonicalEvent, { kind: Kind }>;

/** The events of one log put differently, of the first one after the middle that has such an event. */
function tamper<Kind extends CanonicalEvent['kind']>(
  steps: readonly Step[],
  kind: Kind,
  options: { readonly where?: (event: Of<Kind>) => boolean; readonly toEvents: (event: Of<Kind>) => CanonicalEvent[] },
): { readonly steps: readonly Step[]; readonly at: Step; readonly event: Of<Kind> } {
  const { where = () => true, toEvents } = options;
  const isWanted = (event: CanonicalEvent): event is Of<Kind> => event.kind === kind && where(event as Of<Kind>);
  const at = steps.find(({ height, events }) => height > BLOCKS / 3 && events.some(isWanted));
  const event = at?.events.find(isWanted);
  if (!at || !event) throw new Error(`no ${kind} to change`);
  const events = at.events.flatMap((one) => (one === event ? toEvents(event) : [one]));
  return { at, event, steps: steps.map((step) => (step === at ? { ...at, events } : step)) };
}

const inNetwork = (native: string) => `${moneyNetwork.definition.id}:${native}`;

/** What is done to a chain that adds up, and how the check must name it. */
const faults: readonly {
  readonly title: string;
  readonly plant: (steps: readonly Step[]) => {
    readonly steps: readonly Step[];
    readonly found: Partial<FoundAnomaly>;
  };
}[] = [
  {
    title: 'pay that was lost',
    plant: (steps) => {
      const { at, event, ...rest } = tamper(steps, 'paid', { toEvents: () => [] });
      const spent = at.events.find((one) => one.kind === 'escrowChanged');
      const expected = spent?.kind === 'escrowChanged' ? spent.amount : 0n;
      const found = { rule: 'spending', subject: inNetwork('tok'), expected, got: expected - event.amount };
      return { ...rest, found: { ...found, height: at.height, logIndex: at.logIndex } };
    },
  },
  {
    title: 'pay that was counted twice',
    plant: (steps) => {
      const where = ({ role }: Of<'paid'>) => role === 'provider';
      const { at, event, ...rest } = tamper(steps, 'paid', { where, toEvents: (one) => [one, one] });
      const fee = at.events.find((one) => one.kind === 'paid' && one.role === 'fee');
      const got = event.amount * 2n + (fee?.kind === 'paid' ? fee.amount : 0n);
      return { ...rest, found: { rule: 'spending', height: at.height, got, expected: got - event.amount } };
    },
  },
  {
    title: 'spending that was lost',
    plant: (steps) => {
      const where = ({ change }: Of<'escrowChanged'>) => change === 'spent';
      const { at, event, ...rest } = tamper(steps, 'escrowChanged', { where, toEvents: () => [] });
      return { ...rest, found: { rule: 'spending', height: at.height, expected: 0n, got: event.amount } };
    },
  },
  {
    title: 'stake that was counted twice',
    plant: (steps) => {
      const where = ({ change }: Of<'stakeChanged'>) => change === 'locked';
      const { at, event, ...rest } = tamper(steps, 'stakeChanged', { where, toEvents: (one) => [one, one] });
      return { ...rest, found: { rule: 'statedStake', subject: event.account, height: at.height } };
    },
  },
  {
    title: 'a change of stake with the wrong effect',
    plant: (steps) => {
      const where = ({ change }: Of<'stakeChanged'>) => change === 'locked';
      const toEvents = (one: Of<'stakeChanged'>) => [{ ...one, delta: one.amount - 1n }];
      const { at, event, ...rest } = tamper(steps, 'stakeChanged', { where, toEvents });
      const found = { rule: 'effect', subject: event.account, height: at.height };
      return { ...rest, found: { ...found, expected: event.amount, got: event.amount - 1n } };
    },
  },
  {
    title: 'a deposit with the wrong sign',
    plant: (steps) => {
      const where = ({ change }: Of<'escrowChanged'>) => change === 'deposited';
      const toEvents = (one: Of<'escrowChanged'>) => [{ ...one, delta: -one.amount }];
      const { at, event, ...rest } = tamper(steps, 'escrowChanged', { where, toEvents });
      const found = { rule: 'escrow', subject: inNetwork(event.job ?? ''), height: at.height };
      return { ...rest, found: { ...found, expected: 0n, got: -event.amount } };
    },
  },
  {
    title: 'a slash of more than there is',
    plant: (steps) => {
      const where = ({ change }: Of<'stakeChanged'>) => change === 'locked';
      const amount = 10n ** 30n;
      const toEvents = (one: Of<'stakeChanged'>) => [
        one,
        { ...one, change: 'slashed' as const, amount, delta: -amount },
      ];
      const { at, event, ...rest } = tamper(steps, 'stakeChanged', { where, toEvents });
      return {
        ...rest,
        found: { rule: 'stake', subject: inNetwork(event.account ?? ''), height: at.height, expected: 0n },
      };
    },
  },
  {
    title: 'a balance that is not what the changes come to',
    plant: (steps) => {
      const where = ({ of }: Of<'balanceStated'>) => of === 'escrow';
      const toEvents = (one: Of<'balanceStated'>) => [{ ...one, amount: one.amount + 5n }];
      const { at, event, ...rest } = tamper(steps, 'balanceStated', { where, toEvents });
      const found = { rule: 'statedEscrow', subject: event.account, height: at.height };
      return { ...rest, found: { ...found, expected: event.amount, got: event.amount + 5n } };
    },
  },
  {
    title: 'money that comes to a job after its end',
    plant: (steps) => {
      const toEvents = (end: Of<'taskCompleted'>): CanonicalEvent[] => [end];
      const { at, event, ...rest } = tamper(steps, 'taskCompleted', { toEvents });
      const late: Step = {
        height: at.height + 1,
        logIndex: 99,
        events: [{ kind: 'escrowChanged', change: 'deposited', job: event.task, amount: 7n, delta: 7n }],
      };
      const found = { rule: 'closedJob', subject: inNetwork(event.task), height: late.height, expected: 0n, got: 7n };
      return { steps: [...rest.steps, late], found };
    },
  },
];

describe('checkConservation', () => {
  it.each([1, 2, 3, 4, 5])('finds nothing where money adds up (seed %i)', (seed) =>
    withStore(async (open) => {
      await write(open, drawSteps(seed));
      expect(await check(open)).toEqual({ height: BLOCKS, found: 0, standing: 0 });
      expect(await recorded(open)).toEqual([]);
      // There was something to hold against one another.
      const [counts] = await open.query<Record<string, number>>(
        `select (select count(*) from payout) as payouts, (select count(*) from stake_change) as stakes,
           (select count(*) from balance_statement where kind = 'stake') as bonds,
           (select count(*) from balance_statement where kind = 'escrow' and amount > 0) as escrows`,
      );
      for (const count of Object.values(counts ?? {})) expect(count).toBeGreaterThan(5);
    }),
  );

  it.each(faults)('finds $title, and names it', ({ plant }) =>
    withStore(async (open) => {
      const { steps, found } = plant(drawSteps(11));
      await write(open, steps);
      await check(open);
      expect(await recorded(open)).toContainEqual(expect.objectContaining(found));
      const invariants = await withClient(open.pool, (client) => checkInvariants(client, chainId));
      const broken = invariants.filter((one) => one.broken > 0).map(({ name }) => name);
      expect(broken).toEqual(['amounts keep to the rules of their network']);
    }),
  );

  it('tells one fault of pay or of a stated balance once, not of all that follows', () =>
    withStore(async (open) => {
      const lost = tamper(drawSteps(11), 'paid', { toEvents: () => [] });
      const twice = tamper(lost.steps, 'stakeChanged', {
        where: ({ change }) => change === 'locked',
        toEvents: (one) => [one, one],
      });
      await write(open, twice.steps);
      await check(open);
      expect((await recorded(open)).map(({ rule }) => rule).sort()).toEqual(['spending', 'statedStake']);
    }));

  it('comes to the same in any steps as in one', async () => {
    const steps = faults.reduce<readonly Step[]>((all, { plant }) => plant(all).steps, drawSteps(12));
    await withStore(async (open) => {
      for (const batch of toBatches(toMoneyBlocks(steps, whole), 3)) {
        await open.write([batch]);
        await check(open);
      }
      const stepwise = await recorded(open);
      expect(stepwise.length).toBeGreaterThan(4);
      await open.query('update conservation_progress set method = null');
      expect(await check(open)).toEqual({ height: BLOCKS, found: stepwise.length, standing: stepwise.length });
      expect(await recorded(open)).toEqual(stepwise);
      const range = { chainId, above: -1, to: BLOCKS };
      const found = await withClient(open.pool, (client) => findAnomalies(client, range));
      expect(found).toHaveLength(stepwise.length);
    });
  });

  it('is taken back with the blocks it is about, and finds on the other branch what is there', () =>
    withStore(async (open) => {
      const { at, steps } = tamper(drawSteps(13), 'paid', { toEvents: () => [] });
      await open.write(toBatches(toMoneyBlocks(steps, whole), 1));
      await check(open);
      expect(await recorded(open)).toHaveLength(1);
      const common = toMoneyBlocks(steps, { from: at.height - 1, to: at.height - 1 })[0];
      if (!common) throw new Error('there is a block before it');
      await open.store.rollBack(open.lease, { from: cursor, height: common.height });
      expect(await recorded(open)).toEqual([]);
      expect(await open.query('select height from conservation_progress')).toEqual([{ height: common.height }]);
      const branch = { from: at.height, to: BLOCKS, fork: 'b' };
      await open.write(toBatches(toMoneyBlocks(drawSteps(13), branch), 1, toCursor(common)));
      expect(await check(open)).toEqual({ height: BLOCKS, found: 0, standing: 0 });
    }));

  it('fails as an outage where facts are taken back while it looks, and stores nothing of them', () =>
    withStore(async (open) => {
      const { steps, at } = tamper(drawSteps(13), 'paid', { toEvents: () => [] });
      await open.write(toBatches(toMoneyBlocks(steps, whole), 1));
      await withClient(open.pool, async (client) => {
        const query = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>;
        let isRolledBack = false;
        const slow = Object.create(client) as pg.PoolClient;
        Object.assign(slow, {
          async query(...given: unknown[]) {
            // Between what is found and the word that it is: the moment that matters.
            if (String(given[0]).startsWith('update conservation_progress') && !isRolledBack) {
              isRolledBack = true;
              await open.store.rollBack(open.lease, { from: cursor, height: at.height - 1 });
            }
            return query(...given);
          },
        });
        await expect(checkConservation(slow, chainId)).rejects.toMatchObject({ code: '40001' });
        expect(isRolledBack).toBe(true);
      });
      expect(await recorded(open)).toEqual([]);
      expect(await check(open)).toEqual({ height: at.height - 1, found: 0, standing: 0 });
    }));

  it('keeps a rollback waiting for no more than its own end, which the rollback then takes back', () =>
    withStore(async (open) => {
      const { steps, at } = tamper(drawSteps(13), 'paid', { toEvents: () => [] });
      await open.write(toBatches(toMoneyBlocks(steps, whole), 1));
      await withClient(open.pool, async (client) => {
        const query = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>;
        let rollingBack: Promise<unknown> = Promise.resolve();
        const slow = Object.create(client) as pg.PoolClient;
        Object.assign(slow, {
          async query(...given: unknown[]) {
            if (given[0] === 'commit') {
              rollingBack = open.store.rollBack(open.lease, { from: cursor, height: at.height - 1 });
              await new Promise((resolve) => setTimeout(resolve, 100));
            }
            return query(...given);
          },
        });
        expect(await checkConservation(slow, chainId)).toMatchObject({ found: 1 });
        await rollingBack;
      });
      expect(await recorded(open)).toEqual([]);
      expect(await open.query('select height from conservation_progress')).toEqual([{ height: at.height - 1 }]);
    }));

  it('looks at everything anew when a network is held to other rules, and says nothing of a rule that does not apply', () =>
    withStore(async (open) => {
      const { steps } = tamper(drawSteps(13), 'paid', { toEvents: () => [] });
      await write(open, steps);
      await check(open);
      expect(await recorded(open)).toHaveLength(1);
      const { manifest, definition } = moneyNetwork;
      const lax = { manifest: { ...manifest, conservation: { ...strict, spending: 'Pay has no log.' } }, definition };
      await registerNetworks(open.pool, { chainId, genesisHash: toHash('genesis'), networks: [lax] });
      expect(await check(open)).toEqual({ height: BLOCKS, found: 0, standing: 0 });
      expect(await recorded(open)).toEqual([]);
    }));

  it('waits until the indexes that it needs are there', () =>
    withStore(async (open) => {
      expect(await check(open)).toBeUndefined();
      await write(open, drawSteps(1));
      await open.query("insert into deferred_index values ('some_index', 'create index …')");
      expect(await check(open)).toBeUndefined();
      await open.query('delete from deferred_index');
      expect(await check(open)).toMatchObject({ height: BLOCKS });
    }));
});

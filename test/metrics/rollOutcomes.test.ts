import type { CanonicalEvent } from '../../indexer/events/CanonicalEvent.js';
import { type Block, createDraw, drawChain, network, toBatches, toBlock, toHeader } from '../writer/marketChain.js';
import { type OpenStore, openStore } from '../writer/openStore.js';
import { createOutcomeRoller, type OutcomeRoller, toHour } from './outcomeRoller.js';

interface World extends OpenStore {
  readonly roller: OutcomeRoller;
  /** Writes blocks after the last one, and marks their hours. */
  append(blocks: readonly Block[]): Promise<void>;
  /** Takes back what is above a block, and marks its hours. */
  rollBackTo(height: number): Promise<void>;
}

async function openWorld(): Promise<World> {
  const open = await openStore();
  const roller = createOutcomeRoller(open.pool, network);
  return {
    ...open,
    roller,
    async append(blocks) {
      await open.write(toBatches(blocks, 40, await open.store.findCursor()));
      await roller.mark(blocks[0]?.height ?? 0);
    },
    async rollBackTo(height) {
      const from = await open.store.findCursor();
      if (!from) throw new Error('a chain that is written has a cursor');
      await roller.mark(height + 1);
      await open.store.rollBack(open.lease, { from, height });
      open.store.forget();
    },
  };
}

/** Rows of one that the other has not: of a thousand equal ones nobody wants to read. */
function toDifference(one: readonly string[], other: readonly string[]): readonly string[] {
  const known = new Set(other);
  return one.filter((row) => !known.has(row)).slice(0, 5);
}

describe('outcomes of a chain on which anything happens', () => {
  it.each([1, 2, 3])(
    'are the same by turns in any order and from nothing, through reorganisations (seed %i)',
    async (seed) => {
      const world = await openWorld();
      const { roller } = world;
      const draw = createDraw(seed);
      try {
        let top = 0;
        let turns = 0;
        for (let fork = 0; fork < 6; fork++) {
          const blocks = drawChain({
            seed: seed * 10 + fork,
            blocks: 700,
            logsPerBlock: 3,
            from: top + 1,
            fork: `${fork}`,
          });
          for (let at = 0; at < blocks.length; at += 100) {
            await world.append(blocks.slice(at, at + 100));
            // Some marks are taken late.
            if (draw(2)) await roller.roll(() => draw(3) > 0);
            turns += 1;
          }
          top = top + 700 - draw(500);
          await world.rollBackTo(top);
          if (draw(2)) await roller.roll(() => draw(3) > 0);
        }
        await roller.roll();
        await roller.roll();
        expect(turns).toBe(42);
        const rolled = await roller.dump();
        const kinds = new Set(rolled.map((row) => (JSON.parse(row) as { kind?: string }).kind ?? 'running'));
        expect([...kinds].sort()).toEqual([
          ...[
            'cancelled',
            'completed',
            'disputeLost',
            'disputeWon',
            'disputed',
            'failed',
            'running',
            'slashed',
            'timedOut',
          ],
        ]);
        await roller.rebuild();
        const rebuilt = await roller.dump();
        expect([toDifference(rolled, rebuilt), toDifference(rebuilt, rolled)]).toEqual([[], []]);
        expect(rolled.length).toBeGreaterThan(200);
      } finally {
        await world.close();
      }
    },
  );

  it('come back bit for bit when a branch comes and goes', async () => {
    const world = await openWorld();
    const { roller } = world;
    try {
      await world.append(drawChain({ seed: 7, blocks: 600, logsPerBlock: 3 }));
      await roller.roll();
      const before = await roller.dump();
      await world.append(drawChain({ seed: 8, blocks: 400, logsPerBlock: 3, from: 601, fork: 'x' }));
      await roller.roll();
      expect(toDifference(await roller.dump(), before)).not.toEqual([]);
      await world.rollBackTo(600);
      await roller.roll();
      const after = await roller.dump();
      expect([toDifference(after, before), toDifference(before, after)]).toEqual([[], []]);
      await world.rollBackTo(1);
      await roller.roll();
      await roller.rebuild();
      expect((await roller.dump()).length).toBe(0);
    } finally {
      await world.close();
    }
  });
});

const job = (deadlineAfterSeconds: number): CanonicalEvent => ({
  ...{ kind: 'jobCreated', job: 'j', provider: 'p', buyer: 'b', tasks: [{ task: 't', position: 0 }], attributes: {} },
  ...{ deadlineAfterSeconds, price: { amount: 9n, unit: 'task' } },
});
const hourOf = (height: number) => toHour(toHeader(height).time);

describe('a job', () => {
  async function listKinds({ query }: World): Promise<readonly string[]> {
    const rows = await query<{ kind: string; derived: boolean; known_to: Date | null }>(
      'select kind, derived, known_to from task_outcome order by part',
    );
    return rows.map(({ kind, derived, known_to }) => `${kind}${derived ? '*' : ''}${known_to ? ' until' : ''}`);
  }

  it('whose deadline passes while nothing happens has timed out, until the end comes', async () => {
    const world = await openWorld();
    const { roller } = world;
    try {
      await world.append([toBlock(1, [[job(6_000)]])]);
      expect(await roller.roll()).toEqual([]);
      // Hours later, in a block without any of its events; the deadline lay in block 501.
      await world.append([toBlock(1_000, [])]);
      expect(await roller.roll()).toEqual([hourOf(501)]);
      expect(await listKinds(world)).toEqual(['timedOut*']);
      expect(await roller.roll()).toEqual([]);
      await world.append([toBlock(1_001, [[{ kind: 'taskCompleted', task: 't' }]])]);
      expect(await roller.roll()).toEqual([hourOf(501), hourOf(1_001)]);
      expect(await listKinds(world)).toEqual(['timedOut* until', 'completed']);
      await world.rollBackTo(1_000);
      await roller.roll();
      expect(await listKinds(world)).toEqual(['timedOut*']);
      // A head before the deadline knows nothing of it, though no event was taken back.
      await world.rollBackTo(1);
      expect(await roller.roll()).toEqual([hourOf(501)]);
      expect(await listKinds(world)).toEqual([]);
    } finally {
      await world.close();
    }
  });

  it('that was taken back with its deadline leaves no outcome, though its hour had no event', async () => {
    const world = await openWorld();
    const { roller } = world;
    try {
      await world.append([toBlock(1, []), toBlock(2, [[job(6_000)]]), toBlock(1_000, [])]);
      await roller.roll();
      expect(await listKinds(world)).toEqual(['timedOut*']);
      await world.rollBackTo(1);
      await world.append([toBlock(2, [], 'x'), toBlock(1_200, [], 'x')]);
      await roller.roll();
      expect(await listKinds(world)).toEqual([]);
    } finally {
      await world.close();
    }
  });

  it('that is settled and then disputed by a branch is rolled in both hours, and paid when it is known', async () => {
    const world = await openWorld();
    const { roller } = world;
    try {
      const end: CanonicalEvent = { kind: 'taskCompleted', task: 't' };
      await world.append([toBlock(1, [[job(9_000_000)]]), toBlock(2, [[end]])]);
      await roller.roll();
      await world.append([
        toBlock(400, [[{ kind: 'paid', task: 't', provider: 'ofTask', role: 'provider', amount: 5n }]]),
      ]);
      // The payment changes what is known of an hour that has no event in it.
      expect(await roller.roll()).toEqual([hourOf(2), hourOf(400)]);
      expect(await world.query('select paid, fee, paid_time from task_outcome')).toEqual([
        { paid: '5', fee: '0', paid_time: toHeader(400).time },
      ]);
      await world.rollBackTo(2);
      await world.append([toBlock(700, [[{ kind: 'taskReopened', task: 't' }]], 'x')]);
      expect(await roller.roll()).toEqual([hourOf(2), hourOf(400), hourOf(700)]);
      expect(await listKinds(world)).toEqual(['completed until', 'disputed']);
      expect(await world.query('select paid from task_outcome')).toEqual([{ paid: null }, { paid: null }]);
    } finally {
      await world.close();
    }
  });

  it('of which facts of the past are found later is rolled where they lie', async () => {
    const world = await openWorld();
    const { roller } = world;
    try {
      await world.append([toBlock(1, [[job(9_000_000)]]), toBlock(2, [[{ kind: 'taskCompleted', task: 't' }]])]);
      await world.append([toBlock(900, [[{ kind: 'providerUpdated', provider: 'p', attributes: {} }]])]);
      await roller.roll();
      // As if a contract that told of it had not been read.
      await world.query(`update job_step set kind = 'failed' where kind = 'completed'`);
      await roller.mark(1);
      expect(await roller.roll()).toEqual([hourOf(2)]);
      expect(await listKinds(world)).toEqual(['failed']);
    } finally {
      await world.close();
    }
  });
});

import { toMessage, UserError } from '../../schema/lib/errors.js';
import { createMemoryStorage } from './createMemoryStorage.js';
import { createDisk } from './createMemoryStore.js';
import { createProcess } from './createProcess.js';
import { createRandom } from './createRandom.js';
import { createTrace, type Trace } from './createTrace.js';
import { createVirtualClock } from './createVirtualClock.js';
import { type Block, isAncestor } from './createWorld.js';
import { drawScenario, type Scenario } from './drawScenario.js';
import { followWorld } from './followWorld.js';
import { forbidAmbient } from './forbidAmbient.js';
import type { Run, RunParts, SimulationOptions } from './Run.js';
import { runIndexer } from './runIndexer.js';
import type { StorageParts } from './Storage.js';

export interface Outcome {
  readonly seed: number;
  /** Why the run does not hold what is promised; undefined: it does. */
  readonly failure: string | undefined;
  /** Of everything that happened, in order. */
  readonly digest: string;
  /** How often what a run should sometimes meet was met. */
  readonly counters: ReadonlyMap<string, number>;
  readonly trace: Trace;
  readonly scenario: Scenario;
  readonly virtualMs: number;
}

/** Runs the product's own sync on a seed's chain, endpoints and misfortunes, in virtual time, and checks every commit. */
export async function simulate(seed: number, options: SimulationOptions = {}): Promise<Outcome> {
  const scenario = options.scenario ?? drawScenario(seed, options.reduction);
  const trace = createTrace({ keep: options.keepTrace ?? false });
  const counters = new Map<string, number>();
  const count = (counter: string) => counters.set(counter, (counters.get(counter) ?? 0) + 1);
  const clock = createVirtualClock(createRandom(seed, 'clock'), { maxTimers: MAX_TIMERS });
  const run = createRun({ scenario, options, trace, count, clock });
  const allowAmbient = options.createStorage ? () => undefined : forbidAmbient();
  let failure: string | undefined;
  try {
    await clock.run(run());
  } catch (thrown) {
    failure = thrown instanceof Error && thrown.name === 'TypeError' ? String(thrown.stack) : toMessage(thrown);
  } finally {
    allowAmbient();
  }
  for (const feature of scenario.world.features) count(`world:${feature}`);
  trace.note(`end ${clock.now()} ${failure ?? 'well'}`);
  return { seed, failure, digest: trace.digest, counters, trace, scenario, virtualMs: clock.now() };
}

const MAX_TIMERS = 400_000;
const DRAIN_MS = 10_000;

function createRun(parts: RunParts): () => Promise<void> {
  const { scenario, options, clock, count } = parts;
  const { createStorage = (given: StorageParts) => createMemoryStorage(given, disk) } = options;
  const disk = createDisk();
  const state = { isTroubled: true, isLying: true, crashes: 0, rollBacks: 0 };
  const stopping = new AbortController();
  return async () => {
    let fail: (reason: Error) => void = () => undefined;
    const failed = new Promise<never>((_, reject) => {
      fail = reject;
    });
    failed.catch(() => undefined);
    const storage = createStorage({
      ...parts,
      fail,
      isTroubled: () => state.isTroubled,
      onCommit(kind) {
        count(kind);
        if (kind === 'rollBack') state.rollBacks += 1;
      },
    });
    const run: Run = { ...parts, disk, storage, stopping, fail, state };
    const indexers = Array.from({ length: scenario.indexers }, (_, index) => keepRunning(run, `indexer-${index}`));
    await Promise.race([failed, followWorld(run)]);
    stopping.abort();
    const drained = await Promise.race([failed, Promise.all(indexers), clock.sleep(DRAIN_MS).then(() => 'late')]);
    if (drained === 'late') throw new Error(`D: the indexers did not end within ${DRAIN_MS} ms of the signal.`);
    storage.check?.();
    checkReverts(run);
  };
}

/** Row 11 of the fault table: endpoints that lag or flip between branches cost no more reverts than there were reorgs. */
function checkReverts({ scenario, state, count }: Run): void {
  const flips = scenario.nodes.some(({ mishaps, world }) => mishaps.otherFork > 0 || world !== scenario.world);
  const { reorgs } = scenario.world;
  if (state.rollBacks <= reorgs) return;
  if (!flips) throw new Error(`R: ${state.rollBacks} reverts for ${reorgs} reorgs.`);
  count('extraRevertWithFlips');
}

/** As a service manager does: starts the process again when it has died. */
async function keepRunning(run: Run, name: string): Promise<void> {
  const { scenario, clock, stopping, state, trace, count, fail, storage } = run;
  const random = createRandom(scenario.seed, name);
  for (let start = 1; !stopping.signal.aborted; start += 1) {
    const process = createProcess({
      ...{ name: `${name}.${start}`, clock, random, trace, rates: scenario.crashes },
      mayCrash: () => state.crashes < scenario.maxCrashes,
      isTroubled: () => state.isTroubled,
      onCrash(point) {
        state.crashes += 1;
        count('crash');
        if (point.includes('rollBack')) count('crashAtRollBack');
        if (point.includes('write')) count('crashAtWrite');
      },
    });
    const holder = scenario.hasNewNameAfterCrash ? process.name : name;
    const ended = await Promise.race([
      process.death.then(() => 'died'),
      runIndexer(run, process, holder).then(
        () => 'ended',
        (thrown: unknown) => thrown,
      ),
    ]);
    if (ended instanceof UserError) {
      count('userError');
      trace.note(`${clock.now()} ${process.name} ends: ${ended.message}`);
    } else if (ended !== 'died' && ended !== 'ended') {
      const text = ended instanceof Error ? (ended.stack?.split('\n').slice(0, 4).join(' | ') ?? ended.message) : ended;
      return fail(new Error(`B: ${process.name} fell over: ${text}`));
    }
    process.kill('end');
    if (stopping.signal.aborted) return;
    const { cursor: left } = await storage.look();
    const cursor = left && scenario.world.blocks.get(left.hash);
    await clock.sleep(random.pick([10, 1_000, 20_000]), stopping.signal);
    if (cursor && !isAncestor(cursor, tipNow(run))) count('reorgAcrossCrash');
  }
}

function tipNow({ scenario, clock }: Run): Block {
  const { world } = scenario;
  return world.changes.findLast(({ atMs }) => atMs <= clock.now())?.tip ?? world.start;
}

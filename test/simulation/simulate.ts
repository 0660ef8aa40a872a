import type { Runtime } from '../../indexer/lib/runtime.js';
import type { ChainSource, Filter } from '../../indexer/source/ChainSource.js';
import { createChainSource } from '../../indexer/source/createChainSource.js';
import { createEndpointPool } from '../../indexer/source/endpoints/createEndpointPool.js';
import type { EndpointPool } from '../../indexer/source/endpoints/EndpointPool.js';
import type { SyncSettings } from '../../indexer/sync/SyncOptions.js';
import { syncChain } from '../../indexer/sync/syncChain.js';
import type { Store } from '../../indexer/writer/Store.js';
import { toMessage, UserError } from '../../schema/lib/errors.js';
import type { Log } from '../../schema/lib/log.js';
import { createMemoryStorage } from './createMemoryStorage.js';
import { createDisk, type Disk } from './createMemoryStore.js';
import { createNode } from './createNode.js';
import { createProcess, type SimulatedProcess } from './createProcess.js';
import { createRandom } from './createRandom.js';
import { createTrace, type Trace } from './createTrace.js';
import { createVirtualClock, createVirtualRuntime, type VirtualClock } from './createVirtualClock.js';
import { type Block, findFork, isAncestor } from './createWorld.js';
import { drawScenario, type Reduction, type Scenario } from './drawScenario.js';
import { forbidAmbient } from './forbidAmbient.js';
import { MARKET } from './marketLogs.js';
import type { Standing, Storage, StorageParts } from './Storage.js';

/** Where a mutant takes the place of what it wraps. */
export interface Mutation {
  readonly name: string;
  readonly wrapStore?: (store: Store, disk: Disk) => Store;
  readonly wrapSource?: (source: ChainSource, parts: { readonly disk: Disk; readonly runtime: Runtime }) => ChainSource;
  readonly wrapPool?: (pool: EndpointPool) => EndpointPool;
  readonly policy?: Parameters<typeof createChainSource>[0]['policy'];
  readonly toSettings?: (settings: SyncSettings) => SyncSettings;
}

export interface SimulationOptions {
  readonly reduction?: Reduction | undefined;
  /** Instead of the seed's own. */
  readonly scenario?: Scenario | undefined;
  /** Instead of memory; what is real waits on the machine's clock. */
  readonly createStorage?: ((parts: StorageParts) => Storage) | undefined;
  readonly mutation?: Mutation | undefined;
  readonly keepTrace?: boolean | undefined;
}

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
/** Within so long after all trouble has ended the tip must be reached: rests and back-offs are of seconds. */
const HEALING_MS = 10 * 60_000;
/** Nothing may change any more once the tip is reached, for so long. */
const SETTLED_MS = 8_000;
/** Long enough for a look at a halted chain to be repeated. */
const HALTED_MS = 60_000;
const DRAIN_MS = 10_000;
/** After the signal the product waits so long for its endpoints, and then closes them. */
const GIVE_UP_MS = 4_000;

interface Parts {
  readonly scenario: Scenario;
  readonly options: SimulationOptions;
  readonly trace: Trace;
  readonly count: (counter: string) => void;
  readonly clock: VirtualClock;
}

interface Run extends Parts {
  readonly disk: Disk;
  readonly storage: Storage;
  readonly stopping: AbortController;
  /** Rejects when something is found that must not be. */
  readonly fail: (reason: Error) => void;
  readonly state: { isTroubled: boolean; isLying: boolean; crashes: number; rollBacks: number };
}

function createRun(parts: Parts): () => Promise<void> {
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
    await Promise.race([failed, follow(run)]);
    stopping.abort();
    const drained = await Promise.race([failed, Promise.all(indexers), clock.sleep(DRAIN_MS).then(() => 'late')]);
    if (drained === 'late') throw new Error(`D: the indexers did not end within ${DRAIN_MS} ms of the signal.`);
    storage.check?.();
    checkReverts(run);
  };
}

/** Lets the world go by, then all trouble end, and waits for what is promised. */
async function follow(run: Run): Promise<void> {
  const { scenario, clock, storage, state, trace, count } = run;
  const { world } = scenario;
  const random = createRandom(scenario.seed, 'follow');
  const deep = world.isDeep ? world.changes.at(-1) : undefined;
  await clock.sleep(deep ? deep.atMs - 1 : world.endMs);
  const before = world.changes.at(-2)?.tip ?? world.start;
  const isBeyondHelp = deep !== undefined && mustHalt(scenario, await storage.look(), before, deep.tip);
  await clock.sleep(random.between(0, 10_000));
  state.isTroubled = false;
  state.isLying = scenario.doLiarsGoOn || scenario.isAllLying;
  trace.note(`${clock.now()} trouble ends`);
  if (isBeyondHelp) return expectHalt(run, before);
  const limit = clock.now() + HEALING_MS;
  for (;;) {
    const { cursor, phase, phaseReason } = await storage.look();
    if (cursor?.hash === world.end.hash) break;
    if (clock.now() > limit) {
      if (scenario.isAllLying || (deep && phase === 'halted')) return;
      throw new Error(
        `L: ${HEALING_MS} ms after all trouble the cursor stands at ${cursor?.height} ${cursor?.hash}, the chain at ${world.end.height} ${world.end.hash}; ${phase} ${phaseReason}`,
      );
    }
    await clock.sleep(500);
  }
  count('healed');
  await clock.sleep(SETTLED_MS);
  const { cursor } = await storage.look();
  if (cursor?.hash !== world.end.hash && !scenario.isAllLying)
    throw new Error('L: the tip was reached and left again.');
}

/** Whether the last change takes back what is stored and was final by any endpoint's word. */
function mustHalt({ nodes, world }: Scenario, { cursor }: Standing, before: Block, after: Block): boolean {
  if (!cursor) return false;
  const lowest = Math.max(world.finalityDepth - 1, ...nodes.map(({ traits }) => traits.finalDepth ?? 0));
  const fork = findFork(before, after);
  return fork.height < cursor.height - lowest;
}

async function expectHalt(run: Run, before: Block): Promise<void> {
  const { clock, storage, count, scenario } = run;
  await clock.sleep(HALTED_MS);
  const { cursor, phase, phaseReason } = await storage.look();
  const isOld = cursor !== undefined && isAncestor(scenario.world.blocks.get(cursor.hash) ?? before, before);
  if (!isOld) throw new Error(`H: blocks that were final were taken back; the cursor stands at ${cursor?.height}.`);
  if (scenario.isAllLying) return;
  if (phase !== 'halted')
    throw new Error(`H: final blocks are gone, and the chain is ${phase} instead of halted: ${phaseReason}`);
  count('deepReorgHalt');
}

/** Row 11 of the fault table: endpoints that lag or flip between branches cost no more reverts than there were reorgs. */
function checkReverts({ scenario, state, count }: Run): void {
  const flips = scenario.nodes.some(({ mishaps, world }) => mishaps.otherFork > 0 || world !== scenario.world);
  if (state.rollBacks > scenario.world.reorgs) count(flips ? 'extraRevertWithFlips' : 'extraRevert');
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

/** One process: its own memory, on the disk and the wires that all share. */
async function runIndexer(run: Run, process: SimulatedProcess, holder: string): Promise<void> {
  const { scenario, options, clock, count, disk, storage, stopping } = run;
  const { chainId, world } = scenario;
  const mutation = options.mutation ?? { name: 'none' };
  const runtime = toProcessTime(
    createVirtualRuntime(clock, createRandom(scenario.seed, process.name), { toSkewMs: () => scenario.skewMs }),
    process,
  );
  const log = toTraceLog(run, process.name);
  const plain = createEndpointPool({
    ...{ chainId, runtime, log, endpoints: scenario.nodes.map(({ url, role }) => ({ url, role })) },
    createTransport: (url) => toProcessWire(run, process, url),
  });
  const pool = mutation.wrapPool?.(plain) ?? plain;
  const honest = countAnswers(
    createChainSource({ pool, chainId, ...(mutation.policy ? { policy: mutation.policy } : {}) }),
    count,
  );
  const source = mutation.wrapSource?.(honest, { disk, runtime }) ?? honest;
  const store = storage.openStore(process, runtime);
  const settings: SyncSettings = {
    ...{ holder, pollMs: scenario.pollMs, maxRangeBlocks: scenario.maxRangeBlocks, leaseMs: scenario.leaseMs },
    finalityDepth: world.finalityDepth,
  };
  const giveUp = () => void clock.sleep(GIVE_UP_MS).then(() => source.close());
  stopping.signal.addEventListener('abort', giveUp, { once: true });
  await syncChain({
    ...{ chainId, networks: [world.network], source, runtime, signal: stopping.signal },
    store: mutation.wrapStore?.(store, disk) ?? store,
    settings: mutation.toSettings?.(settings) ?? settings,
    log,
    report: (report) => {
      if (report.kind === 'phase') count(`phase:${report.phase}`);
    },
  });
  await source.close();
}

function countAnswers(source: ChainSource, count: (counter: string) => void): ChainSource {
  return {
    ...source,
    async fetchRange(request) {
      const answer = await source.fetchRange(request);
      count(answer.kind === 'tooLarge' ? 'rangeTooLarge' : 'range');
      if (isSupplement(request.filter)) count('contractFoundLate');
      return answer;
    },
    fetchBlocks(headers, filter) {
      if (isSupplement(filter)) count('contractFoundLate');
      return source.fetchBlocks(headers, filter);
    },
  };
}

/** A request for contracts alone that were not known when their blocks were read. */
export function isSupplement({ addresses }: Filter): boolean {
  return addresses.length > 0 && !addresses.includes(MARKET);
}

/** Sleeping, too, is a wait that a dead process never comes back from. */
function toProcessTime(runtime: Runtime, process: SimulatedProcess): Runtime {
  return { ...runtime, sleep: (ms, signal) => process.cross('sleep', () => runtime.sleep(ms, signal)) };
}

function toProcessWire(run: Run, process: SimulatedProcess, url: string) {
  const { scenario, clock, trace, count, state } = run;
  const plan = scenario.nodes.find((node) => node.url === url);
  if (!plan) throw new Error(`there is no endpoint ${url}`);
  const transport = createNode({
    ...{ plan, clock, trace, count },
    random: createRandom(scenario.seed, `${process.name} ${url}`),
    isTroubled: () => state.isTroubled,
    isLying: () => state.isLying,
  })();
  return {
    ...transport,
    send: (calls: Parameters<typeof transport.send>[0], options: Parameters<typeof transport.send>[1]) =>
      process.cross('send', () => transport.send(calls, options)),
    ...(transport.subscribeHeads
      ? {
          subscribeHeads: (onHead: (header: unknown) => void, onEnd: (reason: string) => void) =>
            transport.subscribeHeads?.(process.hear(onHead), process.hear(onEnd)) ?? (() => undefined),
        }
      : {}),
  };
}

/** Notes what the product says, and counts which endpoints it takes for wrong. */
function toTraceLog({ trace, clock, count, fail, scenario }: Run, name: string): Log {
  const note = (level: string) => (fields: { readonly endpoint?: string; readonly reason?: string }, text?: string) => {
    trace.note(`${clock.now()} ${name} ${level} ${text ?? ''} ${JSON.stringify(fields)}`);
    if (text !== 'endpoint set aside') return;
    count(`setAside:${fields.reason}`);
    const node = scenario.nodes.find(({ url }) => url === fields.endpoint);
    const isHonest = node?.world === scenario.world && Object.keys(node.lies).length === 0;
    if (isHonest) fail(new Error(`F: ${fields.endpoint} never lied and was set aside: ${fields.reason}`));
  };
  const silent = () => undefined;
  return {
    info: note('info'),
    warn: note('warn'),
    error: note('error'),
    debug: silent,
    trace: silent,
  } as unknown as Log;
}

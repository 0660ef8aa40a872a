import type { Runtime } from '../../indexer/lib/runtime.js';
import type { ChainSource, Filter } from '../../indexer/source/ChainSource.js';
import { createChainSource } from '../../indexer/source/createChainSource.js';
import { createEndpointPool } from '../../indexer/source/endpoints/createEndpointPool.js';
import type { Transport } from '../../indexer/source/rpc/Transport.js';
import type { SyncSettings } from '../../indexer/sync/SyncOptions.js';
import { syncChain } from '../../indexer/sync/syncChain.js';
import type { Log } from '../../schema/lib/log.js';
import { createNode } from './createNode.js';
import type { SimulatedProcess } from './createProcess.js';
import { createRandom } from './createRandom.js';
import { createVirtualRuntime } from './createVirtualClock.js';
import { MARKET } from './marketLogs.js';
import type { Run } from './Run.js';

/** One process: its own memory, on the disk and the wires that all share. */
export async function runIndexer(run: Run, process: SimulatedProcess, holder: string): Promise<void> {
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

/** After the signal the product waits so long for its endpoints, and then closes them. */
const GIVE_UP_MS = 4_000;

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

function toProcessWire(run: Run, process: SimulatedProcess, url: string): Transport {
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
    send: (calls, options) => process.cross('send', () => transport.send(calls, options)),
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

/**
 * A chain of the devnet: anvil with a protocol's contracts, and a simulated market on them that writes a back-dated
 * history and then goes on live. Everything is a function of the seed and the start time, up to the end of the history.
 */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RetryableError, UserError } from '../schema/lib/errors.js';
import { type Anvil, blockGasLimit, findAnvil, reservePort, startAnvil } from './anvil.js';
import { createChainWriter } from './chainWriter.js';
import { computeMarketStage } from './computeMarket/stage.js';
import { startEmptyChain } from './emptyChain.js';
import { listBeatHistory } from './heartbeats/listBeatHistory.js';
import { listBeatNotices } from './heartbeats/listBeatNotices.js';
import { listBeatSessions } from './heartbeats/listBeatSessions.js';
import type { DevnetOrigin } from './heartbeats/listLives.js';
import { startBeatAgents } from './heartbeats/startBeatAgents.js';
import { writeHistory } from './history.js';
import { iexecStage } from './iexecStage.js';
import { runLive } from './live.js';
import { settleMeta } from './meta.js';
import { endOrphan, removeOwner, writeOwner } from './orphan.js';
import { restoreChain } from './restore.js';
import type { Stage } from './Simulation.js';
import { saveChain } from './saveChain.js';
import { openStore } from './store.js';

export type { DevnetOrigin };
export { findAnvil, listBeatHistory, listBeatNotices, listBeatSessions, startBeatAgents };

/** By the id of the network that each of them holds. */
const stages = { 'iexec-devnet': iexecStage, 'compute-market-devnet': computeMarketStage } satisfies Record<
  string,
  Stage
>;

export type DevnetNetwork = keyof typeof stages;

export function listDevnetNetworks(): readonly DevnetNetwork[] {
  return Object.keys(stages) as DevnetNetwork[];
}

export interface DevnetOptions {
  /** `iexec-devnet` when left out. */
  readonly network?: DevnetNetwork;
  /** Here lie the chain's state, its journal and what it was made from. */
  readonly dataDir: string;
  /** The same seed and start time give the same history, hash for hash; 1 when left out. */
  readonly seed?: number;
  /** Where the history ends, unix s; when left out, the clock at the first start. */
  readonly startTime?: number;
  /** When left out, 30 of iExec and 90 of ComputeMarket. */
  readonly historyDays?: number;
  /** When left out, a free port of 127.0.0.1. */
  readonly port?: number;
  /** Whether deals go on after the history, a few a minute; true when left out. */
  readonly live?: boolean;
  /** How many past states anvil keeps for calls at past blocks and for `anvil_reorg`: 0 when left out. */
  readonly keptStates?: number;
  readonly onProgress?: (progress: DevnetProgress) => void;
}

export interface DevnetProgress {
  readonly phase: 'starting' | 'deploying' | 'history' | 'live';
  /** Hours in the phase `history`, steps in the others. */
  readonly done: number;
  readonly total: number;
}

export interface Devnet {
  readonly rpcUrl: string;
  readonly chainId: number;
  /** From what it was made, at its first start: what its heartbeats are a function of. */
  readonly origin: DevnetOrigin;
  /** Resolves when the back-dated history is on the chain, or when the devnet ends before that. */
  readonly history: Promise<void>;
  /** Resolves when the devnet was stopped; rejects when it cannot go on, for instance because anvil died. */
  readonly closed: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts the local chain, or takes it up where it stood. Resolves when the contracts are deployed and every block that
 * anybody has seen before is there again; the history goes on meanwhile.
 */
export async function startDevnet(options: DevnetOptions): Promise<Devnet> {
  const binary = findAnvil();
  if (!binary)
    throw new UserError('Expected the npm package @foundry-rs/anvil, found none: run npm install --include=dev.');
  const store = openStore(options.dataDir);
  await endOrphan(store.folder);
  options.onProgress?.({ phase: 'starting', done: 0, total: 1 });
  const stage: Stage = stages[options.network ?? 'iexec-devnet'];
  const meta = settleMeta(store, options, stage);
  // Not only when anvil starts: a restore would take a busy port for a damaged snapshot.
  if (options.port) await reservePort(options.port);
  const emptyChain = await startEmptyChain({
    chainId: stage.chainId,
    timestamp: meta.genesisTime,
    gasLimit: blockGasLimit,
  });
  let running: Anvil | undefined;

  async function launch(stateFile?: string): Promise<Anvil> {
    const { folder } = store;
    const { chainId, accounts, coins } = stage;
    const place = {
      folder,
      port: options.port,
      forkUrl: emptyChain.url,
      keptStates: options.keptStates ?? 0,
      stateFile,
    };
    running = await startAnvil({ binary: binary ?? '', chainId, accounts, coins, ...place });
    writeOwner(folder, running.pid);
    return running;
  }

  async function end(): Promise<void> {
    await running?.stop();
    emptyChain.close();
    removeOwner(store.folder);
  }

  try {
    const restored = store.listSnapshots().length > 0 ? await restoreChain(store, launch) : undefined;
    const anvil = restored?.anvil ?? (await launch());
    return await drive({ options, stage, store, meta, anvil, restored, end });
  } catch (thrown) {
    await end();
    throw thrown;
  }
}

/** Forgets the chain in this folder, and ends an anvil that an earlier run left on it. */
export async function dropDevnet(dataDir: string): Promise<void> {
  if (!existsSync(dataDir)) return;
  await endOrphan(path.resolve(dataDir));
  await rm(dataDir, { recursive: true, force: true });
}

interface Session {
  readonly options: DevnetOptions;
  readonly stage: Stage;
  readonly store: ReturnType<typeof openStore>;
  readonly meta: ReturnType<typeof settleMeta>;
  readonly anvil: Anvil;
  readonly restored: Awaited<ReturnType<typeof restoreChain>> | undefined;
  readonly end: () => Promise<void>;
}

/** Sets the market going on a running anvil. */
async function drive(session: Session): Promise<Devnet> {
  const { options, stage, store, meta, anvil, restored } = session;
  const writer = createChainWriter(anvil.rpc);
  const { onProgress } = options;
  const { market, encoder } = await stage.open({ store, meta, rpc: anvil.rpc, writer, restored, onProgress });
  const abort = new AbortController();
  const { signal } = abort;
  const historyDone = createGate();
  const caughtUp = createGate();
  // Whatever keeps a snapshot from being written, the journal has the blocks meanwhile.
  const snapshot = () =>
    saveChain(store, anvil.rpc, writer).then(
      () => true,
      () => false,
    );

  async function work(): Promise<void> {
    let saved = true;
    if (!restored) {
      const announce = (announced: number) =>
        store.writeMeta({ ...meta, announced: Math.max(announced, meta.announced) });
      const onBlock = (height: number, at: number) => {
        if (height >= meta.announced) caughtUp.open();
        const total = meta.historyDays * 24;
        options.onProgress?.({
          phase: 'history',
          done: Math.min(total, Math.round((at - meta.genesisTime) / 3600)),
          total,
        });
      };
      const complete = await writeHistory({ rpc: anvil.rpc, market, encoder, writer, signal, announce, onBlock });
      if (complete) store.writeMarket((await writer.readHead()).height, market.state);
      historyDone.open();
      if (!complete) return;
      saved = await snapshot();
    } else if (!restored.complete) saved = await snapshot();
    historyDone.open();
    caughtUp.open();
    if (options.live === false) return;
    options.onProgress?.({ phase: 'live', done: 1, total: 1 });
    await runLive({ market, encoder, writer, store, signal, saved, snapshot });
  }

  const stopped = createGate();
  const working = work();
  const closed = Promise.race([stopped.passed, failure(working, anvil, signal)]);
  closed.catch(() => undefined).finally(() => historyDone.open());
  await Promise.race([caughtUp.passed, closed]);

  async function end(): Promise<void> {
    abort.abort();
    await working.catch(() => undefined);
    // Without this snapshot nothing is lost, the next start only takes longer.
    const saving = store.listSnapshots().length > 0 ? snapshot() : undefined;
    await Promise.race([saving, sleep(8000, undefined, { ref: false })]).catch(() => undefined);
    await session.end();
    stopped.open();
  }

  let ending: Promise<void> | undefined;
  async function stop(): Promise<void> {
    ending ??= end();
    await ending;
  }

  return {
    rpcUrl: `http://127.0.0.1:${anvil.port}`,
    chainId: stage.chainId,
    origin: { seed: meta.seed, startsAt: meta.genesisTime, endsAt: meta.startTime },
    history: historyDone.passed,
    closed,
    stop,
  };
}

/**
 * Never resolves; rejects when the work fails or anvil ends although nobody asked it to. Ctrl-C reaches anvil and this
 * process at the same moment, so a second is left for the wish to stop to arrive.
 */
async function failure(working: Promise<void>, anvil: Anvil, signal: AbortSignal): Promise<never> {
  const forever = new Promise<never>(() => undefined);
  const ended = anvil.ended.then(async (reason) => {
    await sleep(1000, undefined, { ref: false });
    if (signal.aborted) return forever;
    throw new RetryableError(`The devnet's anvil ended unexpectedly (${reason}); start the devnet again.`);
  });
  const failed = working.catch(async (thrown: unknown) => {
    // When anvil dies, calls to it fail a moment before its end is known; the end is the better reason.
    await sleep(1500, undefined, { ref: false });
    if (!signal.aborted) throw thrown;
  });
  return await Promise.race([ended, failed.then(() => forever)]);
}

function createGate(): { readonly passed: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open: () => open() };
}

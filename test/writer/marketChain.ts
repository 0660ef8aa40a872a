import { createHash } from 'node:crypto';
import type { CanonicalEvent, NodeAttributes } from '../../indexer/events/CanonicalEvent.js';
import type { AdaptedLog, Header } from '../../indexer/events/logs.js';
import type { Batch, Cursor } from '../../indexer/writer/Store.js';
import type { Hex } from '../../schema/lib/hex.js';
import type { Conservation } from '../../schema/protocols/Manifest.js';
import type { Network } from '../../schema/protocols/protocols.js';

/** Chains of canonical events for tests of the writer: no node, no adapter, any order of things a protocol allows. */

export const chainId = 77_001;

/** Of chains on which anything happens: nothing adds up. */
export const noConservation: Conservation = {
  spending: 'Amounts are drawn.',
  escrow: 'Amounts are drawn.',
  stake: 'Amounts are drawn.',
  statedEscrow: 'Amounts are drawn.',
  statedStake: 'Amounts are drawn.',
  closedJob: 'Amounts are drawn.',
};

export function createNetwork(id: string, conservation: Conservation = noConservation): Network {
  const capabilities = { jobs: true, nodes: true, price: true, payout: true, stake: true, verification: true } as const;
  const token = { symbol: 'TOK', decimals: 18 };
  return {
    manifest: { protocol: 'market', events: {}, capabilities, conservation, networks: [] },
    definition: {
      ...{ id, title: id, summary: id, chainId, chainName: 'Test', recorded: false, capabilities },
      ...{ workToken: token, stakeToken: token, contracts: [] },
    },
  };
}

export const network = createNetwork('market-test');

export function toHash(text: string): Hex {
  return `0x${createHash('sha256').update(text).digest('hex')}`;
}

/** `fork` tells apart blocks of one height. */
export function toHeader(height: number, fork = ''): Header {
  return {
    height,
    hash: toHash(`block ${height}${fork}`),
    parentHash: toHash(`block ${height - 1}${fork}`),
    time: new Date(1_700_000_000_000 + height * 12_000),
  };
}

export interface LogOptions {
  readonly height: number;
  readonly logIndex: number;
  readonly fork?: string;
  readonly of?: Network;
  readonly args?: Readonly<Record<string, unknown>>;
  readonly name?: string;
}

export function toLog(events: readonly CanonicalEvent[], options: LogOptions): AdaptedLog {
  const { height, logIndex, fork = '', of = network, args = { at: 1n, who: 'someone' }, name = 'Happened' } = options;
  const txIndex = logIndex >> 1;
  return {
    events,
    decoded: {
      log: {
        ...{ height, logIndex, txIndex, blockHash: toHeader(height, fork).hash },
        txHash: toHash(`tx ${height}${fork} ${txIndex}`),
        address: `0x${'ab'.repeat(20)}`,
        topics: [toHash(name), toHash(`topic ${height} ${logIndex}`)],
        data: toHash(`data ${height} ${logIndex}${fork}`),
      },
      ...{ network: of, role: 'market', name, args },
    },
  };
}

export interface Block {
  readonly height: number;
  readonly fork?: string;
  readonly logs: readonly AdaptedLog[];
}

export function toBlock(height: number, logs: readonly (readonly CanonicalEvent[])[], fork = ''): Block {
  return { height, fork, logs: logs.map((events, logIndex) => toLog(events, { height, logIndex, fork })) };
}

export function toBatch(blocks: readonly Block[], after: Cursor | undefined, overrides: Partial<Batch> = {}): Batch {
  const headers = blocks.map(({ height, fork }) => toHeader(height, fork));
  const [first, last] = [headers[0], headers.at(-1)];
  if (!first || !last) throw new Error('a batch has blocks');
  return {
    ...{ from: first.height, coarse: false, after, last, headers, logs: blocks.flatMap(({ logs }) => logs) },
    ...{ broken: [], contracts: [], reads: new Map<string, unknown>() },
    verified: [{ from: first.height, to: last.height, level: 'superset' }],
    ...overrides,
  };
}

export function toCursor({ height, fork }: Block): Cursor {
  const { hash } = toHeader(height, fork);
  return { height, hash };
}

/** The chain cut into batches of so many blocks. */
export function toBatches(blocks: readonly Block[], size: number, after?: Cursor): readonly Batch[] {
  const batches: Batch[] = [];
  let cursor = after;
  for (let at = 0; at < blocks.length; at += size) {
    const batch = toBatch(blocks.slice(at, at + size), cursor);
    batches.push(batch);
    cursor = { height: batch.last.height, hash: batch.last.hash };
  }
  return batches;
}

/**
 * A chain that does everything: jobs of several tasks, reassigned, reopened, ended twice, announced twice, on few
 * providers, so that much meets in one batch. The same seed gives the same chain.
 */
export function drawChain(options: {
  readonly seed: number;
  readonly blocks: number;
  readonly logsPerBlock: number;
  readonly from?: number;
  readonly fork?: string;
}): readonly Block[] {
  const { seed, blocks, logsPerBlock, from = 1, fork = '' } = options;
  const draw = createDraw(seed);
  const state: DrawState = { jobs: [], tasks: [] };
  return Array.from({ length: blocks }, (_, index) => {
    const logs = Array.from({ length: draw(logsPerBlock + 1) }, () => drawEvents(draw, state));
    return toBlock(from + index, logs, fork);
  });
}

interface DrawState {
  readonly jobs: string[];
  readonly tasks: string[];
}

export type Draw = (below: number) => number;

function drawEvents(draw: Draw, state: DrawState): readonly CanonicalEvent[] {
  const provider = `p${draw(6)}`;
  const node = `n${draw(4)}`;
  const task = state.tasks[draw(state.tasks.length)] ?? 'nobody';
  const job = state.jobs[draw(state.jobs.length)] ?? 'nothing';
  const amount = BigInt(draw(1_000)) * 10n ** BigInt(draw(40));
  switch (draw(20)) {
    case 0:
    case 1:
    case 2:
      return [drawJob(draw, state)];
    case 3:
      return [{ kind: 'jobAssigned', job, provider }];
    case 4:
      return [{ kind: 'taskStarted', task }];
    case 5:
      return [
        { kind: 'jobAssigned', job, provider },
        { kind: 'taskAttempted', task, node },
      ];
    case 6:
    case 7:
      return [{ kind: 'taskCompleted', task }];
    case 8:
      return [{ kind: 'taskFailed', task }];
    case 9:
      return [{ kind: 'taskReopened', task }];
    case 10:
      return [
        { kind: 'taskVerified', task, mechanism: 'consensus', result: 'reached' },
        { kind: 'taskVerified', task, mechanism: 'consensus', node, result: 'accepted' },
      ];
    case 11:
      return [{ kind: 'paid', task, provider: 'ofTask', role: 'provider', recipient: provider, amount }];
    case 12:
      return [{ kind: 'paid', task, provider, role: draw(2) ? 'worker' : 'bonus', payer: 'x', recipient: 'y', amount }];
    case 13:
      return [
        { kind: 'stakeChanged', change: 'slashed', amount, delta: -amount, provider: 'ofTask', task },
        { kind: 'stakeChanged', change: 'rewarded', account: node, amount, delta: amount, provider, node },
      ];
    case 14:
      return [{ kind: 'providerUpdated', provider, attributes: { name: `name ${draw(9)}`, active: draw(2) === 1 } }];
    case 15:
      // Only a provider that was named an owner before has one to sign; else nothing of it counts.
      return [
        { kind: 'nodeUpdated', node, attributes: drawHardware(draw) },
        { kind: 'priced', provider, signer: 'o', basis: 'advertised', unit: 'task', amount },
      ];
    case 16:
      return [
        { kind: 'nodeUpdated', node, provider, attributes: { region: `r${draw(3)}`, active: draw(3) > 0 } },
        { kind: 'priced', provider, node, basis: 'advertised', unit: 'hour', resource: 'gpu', amount, scale: 18 },
      ];
    case 17:
      return [
        { kind: 'priced', provider: 'ofTask', job, basis: 'settled', unit: 'second', amount },
        { kind: 'priced', provider: 'p9', basis: 'bid', unit: 'task', amount },
        { kind: 'paid', task, provider: 'ofTask', role: 'provider', amount },
      ];
    case 18:
      return [
        { kind: 'escrowChanged', change: 'deposited', account: 'x', job, amount, delta: amount },
        { kind: 'escrowChanged', change: 'spent', account: 'x', task, amount, delta: -amount },
        { kind: 'parameterChanged', name: 'fee', value: `${draw(9)}` },
      ];
    default:
      return [
        { kind: 'providerUpdated', provider, attributes: { owner: 'o', terms: { [`t${draw(3)}`]: `${draw(9)}` } } },
      ];
  }
}

/** Now one thing is said, now another. */
function drawHardware(draw: Draw): NodeAttributes {
  return {
    ...(draw(2) ? { gpuModel: `g${draw(3)}`, gpuCount: draw(8) } : {}),
    ...(draw(2) ? { vramMb: draw(9) * 8_192 } : { uri: `https://n${draw(3)}.example` }),
    ...(draw(2) ? {} : { terms: { [`t${draw(3)}`]: `${draw(9)}` } }),
  };
}

function drawJob(draw: Draw, state: DrawState): CanonicalEvent {
  const again = draw(12) === 0 && state.jobs.length > 0;
  const job = again ? (state.jobs[draw(state.jobs.length)] ?? '') : `j${state.jobs.length}`;
  if (!again) state.jobs.push(job);
  const tasks = Array.from({ length: draw(4) }, (_, position) => {
    const task = `t${state.tasks.length}`;
    state.tasks.push(task);
    return { task, position };
  });
  return {
    ...{ kind: 'jobCreated', job, tasks, buyer: `b${draw(3)}`, attributes: { model: `m${draw(4)}`, app: 'a' } },
    ...(draw(2) ? { provider: `p${draw(6)}` } : {}),
    ...(draw(2) ? { price: { amount: 7n, providerAmount: 5n, unit: 'task', ...(draw(2) ? { scale: 18 } : {}) } } : {}),
    ...(draw(4) ? {} : { restated: true as const }),
    ...(draw(3) ? { deadlineAfterSeconds: 60 } : { deadline: new Date(1_800_000_000_123) }),
  };
}

/** SplitMix-like: small, and the same on every machine. */
export function createDraw(seed: number): Draw {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    mixed ^= mixed >>> 15;
    return below <= 0 ? 0 : (mixed >>> 0) % below;
  };
}

import { assert } from '../../schema/lib/assert.js';
import { toTokenId } from '../../schema/protocols/Manifest.js';
import type { Network } from '../../schema/protocols/protocols.js';
import type { CanonicalEvent } from '../events/CanonicalEvent.js';
import { createDeltas, type Deltas } from './deltas.js';
import type { DigestSum } from './digest.js';
import type { EncodeEvent } from './encodeEvent.js';
import {
  encodeNode,
  encodeProvider,
  type JobBirth,
  type TaskBirth,
  toJobBirth,
  toJobLeaf,
  toTaskLeaf,
} from './encodeNouns.js';
import type { Place } from './Place.js';
import type { Rows } from './Rows.js';
import type { Batch } from './Store.js';
import type {
  JobState,
  NetworkStates,
  NodeState,
  NodeVersion,
  ProviderState,
  ProviderVersion,
  Ref,
  TaskState,
} from './states.js';
import { toRef } from './toRef.js';
import { createVersionChanges, type VersionChanges } from './versions.js';

/** What folding a batch works on: what is known before, and what comes out. */
export interface Draft {
  readonly chainId: number;
  readonly rows: Rows;
  readonly digest: DigestSum;
  readonly deltas: Deltas;
  readonly providerVersions: VersionChanges<ProviderVersion>;
  readonly nodeVersions: VersionChanges<NodeVersion>;
  readonly encodeEvent: EncodeEvent;
  /** Of the log that is being folded. */
  place: Place | undefined;
  readonly bornJobs: Map<JobState, JobBirth>;
  readonly bornTasks: Map<TaskState, TaskBirth>;
  /** Of earlier batches, and changed in this one. */
  readonly changedJobs: JobState[];
  readonly changedTasks: TaskState[];
  /** Changed jobs whose tasks are not as many as announced: only SQL folds those right. */
  readonly irregularJobs: Set<JobState>;
  /** Oddities of logs that are facts all the same, by place. */
  readonly anomalies: Map<string, { readonly height: number; readonly logIndex: number; readonly reason: string }>;
  timeOf(height: number): Date;
  ofNetwork(network: Network): NetworkDraft;
  getProvider(of: NetworkDraft, native: string, place: Place): ProviderState;
  getNode(of: NetworkDraft, native: string, place: Place): NodeState;
  addJob(of: NetworkDraft, native: string, created: JobCreated, place: Place): JobState;
  addTask(of: NetworkDraft, task: { native: string; job: JobState; position: number; place: Place }): TaskState;
  touchJob(of: NetworkDraft, job: JobState): void;
  touchTask(of: NetworkDraft, task: TaskState): void;
  addAnomaly(at: { readonly place: Place; readonly logIndex: number }, reason: string): void;
}

type JobCreated = Extract<CanonicalEvent, { kind: 'jobCreated' }>;

export interface NetworkDraft {
  readonly states: NetworkStates;
  readonly network: Ref;
  readonly workToken: Ref;
  readonly stakeToken: Ref;
  /** `<network>:` */
  readonly prefix: string;
  toRef(native: string): Ref;
}

export interface DraftOptions {
  readonly chainId: number;
  /** Counted up from 1. */
  readonly batch: number;
  readonly of: Pick<Batch, 'from' | 'coarse'>;
  readonly rows: Rows;
  readonly digest: DigestSum;
  readonly encodeEvent: EncodeEvent;
  readonly times: ReadonlyMap<number, Date>;
  readonly statesOf: (networkId: string) => NetworkStates;
}

export function createDraft(options: DraftOptions): Draft {
  const { chainId, batch, rows, digest, encodeEvent, times, statesOf } = options;
  const networks = new Map<Network, NetworkDraft>();
  const deltas = createDeltas(options.of);
  const draft: Draft = {
    chainId,
    rows,
    digest,
    deltas,
    encodeEvent,
    providerVersions: createVersionChanges(),
    nodeVersions: createVersionChanges(),
    place: undefined,
    bornJobs: new Map(),
    bornTasks: new Map(),
    changedJobs: [],
    changedTasks: [],
    irregularJobs: new Set(),
    anomalies: new Map(),
    timeOf(height) {
      const time = times.get(height);
      assert(time, `block ${height} holds logs and has no header in its batch`);
      return time;
    },
    ofNetwork(network) {
      let found = networks.get(network);
      if (!found) {
        found = createNetworkDraft(network, statesOf(network.definition.id));
        networks.set(network, found);
      }
      return found;
    },
    getProvider(of, native, born) {
      const key = native.toLowerCase();
      const known = of.states.providers.get(key);
      if (known) return known;
      const { id, json } = of.toRef(key);
      const provider: ProviderState = { id, json, version: undefined };
      of.states.providers.set(key, provider);
      digest.add(encodeProvider(rows.provider, provider, { chainId, network: of.network, native: toRef(key), born }));
      deltas.ofNetwork(of.network).providers += 1;
      return provider;
    },
    getNode(of, native, born) {
      const key = native.toLowerCase();
      const known = of.states.nodes.get(key);
      if (known) return known;
      const { id, json } = of.toRef(key);
      const node: NodeState = { id, json, version: undefined };
      of.states.nodes.set(key, node);
      digest.add(encodeNode(rows.node, node, { chainId, network: of.network, native: toRef(key), born }));
      deltas.ofNetwork(of.network).nodes += 1;
      return node;
    },
    addJob(of, native, created, born) {
      const volume = created.tasks.length;
      const job = createJob(of.toRef(native), { native, volume, changedBy: batch });
      of.states.jobs.set(native, job);
      const birth = toJobBirth({ chainId, network: of.network, native: toRef(native), born }, created, {
        buyer: created.buyer === undefined ? null : toRef(created.buyer),
        workToken: of.workToken,
      });
      draft.bornJobs.set(job, birth);
      digest.add(toJobLeaf(job, birth, born.timeText));
      const sum = deltas.ofNetwork(of.network);
      sum.jobs += 1;
      sum.tasks += volume;
      return job;
    },
    addTask(of, { native, job, position, place }) {
      const { id, json } = of.toRef(native);
      const task: TaskState = {
        id,
        json,
        job: job.native,
        status: 'pending',
        started: null,
        ended: null,
        attempts: 0,
        changedBy: batch,
      };
      of.states.tasks.set(native, task);
      const birth = { chainId, network: of.network, native: toRef(native), born: place, job, position };
      draft.bornTasks.set(task, birth);
      digest.add(toTaskLeaf(task, birth));
      return task;
    },
    touchJob(_, job) {
      if (job.tasks !== job.volume) draft.irregularJobs.add(job);
      if (job.changedBy === batch) return;
      job.changedBy = batch;
      draft.changedJobs.push(job);
    },
    touchTask(_, task) {
      if (task.changedBy === batch) return;
      task.changedBy = batch;
      draft.changedTasks.push(task);
    },
    addAnomaly({ place, logIndex }, reason) {
      const key = `${place.height}-${logIndex}`;
      if (!draft.anomalies.has(key)) draft.anomalies.set(key, { height: place.height, logIndex, reason });
    },
  };
  return draft;
}

function createNetworkDraft({ definition }: Network, states: NetworkStates): NetworkDraft {
  const { id, workToken, stakeToken } = definition;
  const prefix = `${id}:`;
  return {
    states,
    prefix,
    network: toRef(id),
    workToken: toRef(workToken ? toTokenId(id, workToken) : ''),
    stakeToken: toRef(stakeToken ? toTokenId(id, stakeToken) : ''),
    toRef: (native) => toRef(prefix + native.toLowerCase()),
  };
}

/** Written out, as in all that runs per event: V8 copies objects by spreading many times slower. */
function createJob(ref: Ref, birth: Pick<JobState, 'native' | 'volume' | 'changedBy'>): JobState {
  const { id, json } = ref;
  const { native, volume, changedBy } = birth;
  return {
    id,
    json,
    native,
    provider: null,
    volume,
    completed: 0,
    failed: 0,
    begun: false,
    ended: null,
    tasks: 0,
    changedBy,
  };
}

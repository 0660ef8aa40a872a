import { assert, assertNever } from '../../schema/lib/assert.js';
import { toNounId } from '../../schema/lib/ids.js';
import { toTokenId } from '../../schema/protocols/Manifest.js';
import { type CanonicalEvent, rolesForWork } from '../events/CanonicalEvent.js';
import { type AdaptedLog, UNKNOWN_EVENT } from '../events/logs.js';
import type {
  AttemptRow,
  EventRow,
  FactKey,
  JobRow,
  JobStepRow,
  NounRow,
  PayoutRow,
  StakeChangeRow,
  TaskRow,
  VerificationRow,
  VersionChange,
} from './rows.js';

export interface Rows {
  readonly events: EventRow[];
  readonly providers: Map<string, NounRow>;
  readonly nodes: Map<string, NounRow>;
  readonly versions: VersionChange[];
  readonly jobs: JobRow[];
  readonly tasks: TaskRow[];
  readonly steps: JobStepRow[];
  readonly attempts: AttemptRow[];
  readonly verifications: VerificationRow[];
  readonly payouts: PayoutRow[];
  readonly stakeChanges: StakeChangeRow[];
}

/** Which job a task belongs to and which provider runs a job, from the database and from the batch itself. */
export interface Known {
  readonly jobOfTask: Map<string, string>;
  readonly providerOfJob: Map<string, string | null>;
}

/** Canonical events to rows, in chain order. A noun exists from the first event that names it. */
export function toRows(
  chainId: number,
  logs: readonly AdaptedLog[],
  known: Known,
  timeOf: (height: number) => Date,
): Rows {
  const rows: Rows = {
    events: [],
    providers: new Map(),
    nodes: new Map(),
    versions: [],
    jobs: [],
    tasks: [],
    steps: [],
    attempts: [],
    verifications: [],
    payouts: [],
    stakeChanges: [],
  };
  for (const adapted of logs) {
    const place = toPlace(chainId, adapted, timeOf);
    const event = toEventRow(place, adapted);
    rows.events.push(event);
    for (const [part, canonical] of adapted.events.entries()) {
      addEvent(rows, known, { ...place, key: { ...place.key, part } }, event, canonical);
    }
    refer(place, event, known, adapted.subject ?? {});
  }
  return rows;
}

interface Place {
  readonly key: FactKey;
  readonly networkId: string;
  readonly workToken: string;
  readonly stakeToken: string;
  readonly time: Date;
  readonly txHash: string;
}

function toPlace(chainId: number, { decoded }: AdaptedLog, timeOf: (height: number) => Date): Place {
  const { log, network } = decoded;
  const { id, workToken, stakeToken } = network.definition;
  return {
    key: { chain_id: chainId, height: log.height, log_index: log.logIndex, part: 0 },
    networkId: id,
    workToken: workToken ? toTokenId(id, workToken) : '',
    stakeToken: stakeToken ? toTokenId(id, stakeToken) : '',
    time: timeOf(log.height),
    txHash: log.txHash,
  };
}

function toEventRow({ key, networkId, time }: Place, { decoded, events }: AdaptedLog): EventRow {
  const { log, name, args } = decoded;
  const { part: _, ...eventKey } = key;
  return {
    ...eventKey,
    tx_index: log.txIndex,
    block_hash: log.blockHash,
    tx_hash: log.txHash,
    time,
    network_id: networkId,
    address: log.address,
    topics: log.topics,
    data: log.data,
    name,
    kind: events[0]?.kind ?? (name === UNKNOWN_EVENT ? 'unknown' : 'unmapped'),
    args,
    provider_id: null,
    node_id: null,
    job_id: null,
    task_id: null,
  };
}

function addEvent(rows: Rows, known: Known, place: Place, event: EventRow, canonical: CanonicalEvent): void {
  const { key, networkId, time, txHash } = place;
  const provider = (native: string | undefined) => (native ? nounOf(rows.providers, place, native) : null);
  const node = (native: string | undefined) => (native ? nounOf(rows.nodes, place, native) : null);
  const task = (native: string | undefined) => (native ? toNounId(networkId, native) : null);
  const jobOf = (taskId: string | null) => (taskId ? (known.jobOfTask.get(taskId) ?? null) : null);
  const providerOf = (taskId: string | null) => known.providerOfJob.get(jobOf(taskId) ?? '') ?? null;
  const step = (jobId: string | null, kind: string, taskId: string | null, nodeId: string | null = null) => {
    if (jobId) {
      rows.steps.push({
        ...key,
        job_id: jobId,
        task_id: taskId,
        node_id: nodeId,
        kind,
        time,
        tx_hash: txHash,
        detail: {},
      });
    }
  };
  switch (canonical.kind) {
    case 'providerUpdated': {
      const id = provider(canonical.provider);
      assert(id, 'an update names its provider');
      event.provider_id ??= id;
      rows.versions.push({ provider_id: id, chain_id: key.chain_id, height: key.height, ...canonical.attributes });
      return;
    }
    case 'jobCreated': {
      const jobId = toNounId(networkId, canonical.job);
      const providerId = provider(canonical.provider);
      known.providerOfJob.set(jobId, providerId);
      addJob(rows, known, place, canonical, jobId, providerId);
      step(jobId, 'created', null);
      refer(place, event, known, { job: canonical.job });
      return;
    }
    case 'jobAssigned': {
      provider(canonical.provider);
      step(toNounId(networkId, canonical.job), 'assigned', null);
      refer(place, event, known, { job: canonical.job });
      return;
    }
    case 'taskStarted':
    case 'taskReopened':
    case 'taskCompleted':
    case 'taskFailed': {
      const taskId = task(canonical.task);
      step(jobOf(taskId), stepKinds[canonical.kind], taskId);
      refer(place, event, known, { task: canonical.task });
      return;
    }
    case 'taskAttempted': {
      const taskId = task(canonical.task);
      const jobId = jobOf(taskId);
      const nodeId = node(canonical.node);
      step(jobId, 'attempted', taskId, nodeId);
      if (taskId && jobId) {
        const provider_id = providerOf(taskId);
        rows.attempts.push({ ...key, task_id: taskId, job_id: jobId, provider_id, node_id: nodeId, time });
      }
      refer(place, event, known, { task: canonical.task, node: canonical.node });
      return;
    }
    case 'taskVerified': {
      const taskId = task(canonical.task);
      const nodeId = node(canonical.node);
      if (!canonical.node) step(jobOf(taskId), 'verified', taskId);
      rows.verifications.push({
        ...key,
        network_id: networkId,
        task_id: taskId,
        job_id: jobOf(taskId),
        provider_id: providerOf(taskId),
        node_id: nodeId,
        mechanism: canonical.mechanism,
        result: canonical.result,
        time,
      });
      refer(place, event, known, { task: canonical.task, node: canonical.node });
      return;
    }
    case 'paid': {
      const taskId = task(canonical.task);
      const providerId = canonical.provider === 'ofTask' ? providerOf(taskId) : provider(canonical.provider);
      rows.payouts.push({
        ...key,
        network_id: networkId,
        provider_id: providerId,
        job_id: jobOf(taskId),
        task_id: taskId,
        payer: canonical.payer ?? null,
        recipient: canonical.recipient,
        role: canonical.role,
        for_work: rolesForWork.has(canonical.role),
        token: place.workToken,
        amount: String(canonical.amount),
        time,
        tx_hash: txHash,
      });
      event.provider_id ??= providerId;
      refer(place, event, known, { task: canonical.task, node: canonical.node });
      return;
    }
    case 'stakeChanged': {
      const taskId = task(canonical.task);
      const providerId = canonical.provider === 'ofTask' ? providerOf(taskId) : provider(canonical.provider);
      rows.stakeChanges.push({
        ...key,
        network_id: networkId,
        provider_id: providerId,
        node_id: node(canonical.node),
        task_id: taskId,
        account: canonical.account,
        kind: canonical.change,
        token: place.stakeToken,
        amount: String(canonical.amount),
        delta: String(canonical.delta),
        time,
        tx_hash: txHash,
      });
      event.provider_id ??= providerId;
      refer(place, event, known, { task: canonical.task, node: canonical.node });
      return;
    }
    default:
      assertNever(canonical);
  }
}

const stepKinds = {
  taskStarted: 'started',
  taskReopened: 'reopened',
  taskCompleted: 'completed',
  taskFailed: 'failed',
} as const;

function addJob(
  rows: Rows,
  known: Known,
  { key, networkId, workToken, time }: Place,
  canonical: Extract<CanonicalEvent, { kind: 'jobCreated' }>,
  id: string,
  providerId: string | null,
): void {
  const noun = { network_id: networkId, chain_id: key.chain_id, height: key.height };
  rows.jobs.push({
    ...noun,
    id,
    native_id: canonical.job.toLowerCase(),
    time,
    provider_id: providerId,
    buyer: canonical.buyer ?? null,
    status: 'open',
    volume: canonical.tasks.length,
    price: canonical.price ? String(canonical.price.amount) : null,
    provider_price: canonical.price ? String(canonical.price.providerAmount) : null,
    price_token: canonical.price ? workToken : null,
    price_unit: canonical.price?.unit ?? null,
    attributes: canonical.attributes,
    deadline: canonical.deadline ?? null,
  });
  for (const { task, position } of canonical.tasks) {
    const taskId = toNounId(networkId, task);
    known.jobOfTask.set(taskId, id);
    rows.tasks.push({ ...noun, id: taskId, job_id: id, native_id: task.toLowerCase(), position, status: 'pending' });
  }
}

function nounOf(nouns: Map<string, NounRow>, { key, networkId, time }: Place, native: string): string {
  const id = toNounId(networkId, native);
  if (!nouns.has(id)) {
    const nativeId = native.toLowerCase();
    nouns.set(id, { id, network_id: networkId, chain_id: key.chain_id, native_id: nativeId, height: key.height, time });
  }
  return id;
}

/** Notes on the event whom it speaks of, as far as known. */
function refer(
  { networkId }: Place,
  event: EventRow,
  known: Known,
  subject: { readonly provider?: string; readonly node?: string; readonly job?: string; readonly task?: string },
): void {
  if (subject.task) event.task_id ??= toNounId(networkId, subject.task);
  if (subject.node) event.node_id ??= toNounId(networkId, subject.node);
  if (subject.provider) event.provider_id ??= toNounId(networkId, subject.provider);
  event.job_id ??= subject.job ? toNounId(networkId, subject.job) : (known.jobOfTask.get(event.task_id ?? '') ?? null);
  event.provider_id ??= known.providerOfJob.get(event.job_id ?? '') ?? null;
}

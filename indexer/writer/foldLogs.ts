import { assert, assertNever } from '../../schema/lib/assert.js';
import { type CanonicalEvent, rolesForWork } from '../events/CanonicalEvent.js';
import { type AdaptedLog, type Subject, UNKNOWN_EVENT } from '../events/logs.js';
import type { Draft, NetworkDraft } from './createDraft.js';
import type { Subjects } from './encodeEvent.js';
import {
  encodeAttempt,
  encodeEscrowChange,
  encodeParameterChange,
  encodePayout,
  encodePrice,
  encodeStakeChange,
  encodeStep,
  encodeVerification,
} from './encodeFacts.js';
import { addTaskStep, assignJob, type EndKind, endTask } from './foldTasks.js';
import { createPlace, isAt, type Place } from './Place.js';
import type { JobState, Ref, TaskState } from './states.js';
import { toRef } from './toRef.js';
import { changeNode, changeProvider, changeVersion } from './versions.js';

/**
 * Canonical events to rows, leaves, deltas and the state of jobs and tasks, in the order of the chain. A noun exists
 * from the first event that names it. Everything that the batch names is in the states by now, if the database has it.
 */
export function foldLog(draft: Draft, { decoded, events, subject }: AdaptedLog): void {
  const { log, network, name } = decoded;
  if (!isAt(draft.place, log)) draft.place = createPlace(draft.chainId, log, draft.timeOf(log.height));
  const of = draft.ofNetwork(network);
  const subjects: Subjects = { provider: null, node: null, job: null, task: null };
  for (let part = 0; part < events.length; part++) {
    const event = events[part];
    if (event) foldEvent({ draft, of, place: draft.place, logIndex: log.logIndex, part, subjects }, event);
  }
  if (subject) refer(of, subjects, subject);
  const kind = events[0]?.kind ?? (name === UNKNOWN_EVENT ? 'unknown' : 'unmapped');
  draft.digest.add(draft.encodeEvent(draft.rows.event, draft.place, decoded, kind, subjects));
}

/** Where an event stands, and whom its log speaks of. */
export interface EventContext {
  readonly draft: Draft;
  readonly of: NetworkDraft;
  readonly place: Place;
  readonly logIndex: number;
  readonly part: number;
  readonly subjects: Subjects;
}

function foldEvent(context: EventContext, event: CanonicalEvent): void {
  switch (event.kind) {
    case 'providerUpdated':
      updateProvider(context, event);
      break;
    case 'jobCreated':
      createJob(context, event);
      break;
    case 'jobAssigned':
      assign(context, event);
      break;
    case 'taskStarted':
      step(context, event.task, 'started');
      break;
    case 'taskReopened':
      step(context, event.task, 'reopened');
      break;
    case 'taskCompleted':
      end(context, event.task, 'completed');
      break;
    case 'taskFailed':
      end(context, event.task, 'failed');
      break;
    case 'taskAttempted':
      attempt(context, event);
      break;
    case 'taskVerified':
      verify(context, event);
      break;
    case 'paid':
      pay(context, event);
      break;
    case 'stakeChanged':
      changeStake(context, event);
      break;
    case 'nodeUpdated':
      updateNode(context, event);
      break;
    case 'priced':
      price(context, event);
      break;
    case 'escrowChanged':
      changeEscrow(context, event);
      break;
    case 'parameterChanged':
      changeParameter(context, event);
      break;
    default:
      assertNever(event);
  }
}

type Of<Kind extends CanonicalEvent['kind']> = Extract<CanonicalEvent, { kind: Kind }>;

function updateProvider({ draft, of, place, subjects }: EventContext, event: Of<'providerUpdated'>): void {
  const provider = draft.getProvider(of, event.provider, place);
  subjects.provider ??= provider;
  changeVersion(
    draft.providerVersions,
    provider,
    place,
    changeProvider(provider.version?.attributes, event.attributes),
  );
}

function updateNode({ draft, of, place, subjects }: EventContext, event: Of<'nodeUpdated'>): void {
  const provider = event.provider ? draft.getProvider(of, event.provider, place) : null;
  const node = draft.getNode(of, event.node, place);
  subjects.provider ??= provider;
  subjects.node ??= node;
  const attributes = changeNode(node.version?.attributes, event.attributes, provider?.id);
  changeVersion(draft.nodeVersions, node, place, attributes);
}

function price(context: EventContext, event: Of<'priced'>): void {
  const { draft, of, place, logIndex, part, subjects } = context;
  const job = event.job ? of.states.jobs.get(event.job.toLowerCase()) : undefined;
  const provider = toProvider(context, event.provider, job);
  const row = {
    network: of.network,
    provider,
    node: event.node ? draft.getNode(of, event.node, place) : null,
    job: job ?? (event.job ? of.toRef(event.job) : null),
    basis: event.basis,
    unit: event.unit,
    resource: event.resource === undefined ? null : toRef(event.resource),
    token: of.workToken,
    amount: event.amount,
    scale: event.scale,
  };
  draft.digest.add(encodePrice(draft.rows.price, { place, logIndex, part }, row));
  subjects.provider ??= provider;
  refer(of, subjects, event.node === undefined ? {} : { node: event.node });
  noteJob(subjects, row.job, job);
}

function changeEscrow(context: EventContext, event: Of<'escrowChanged'>): void {
  const { draft, of, place, logIndex, part, subjects } = context;
  const job = event.job ? of.states.jobs.get(event.job.toLowerCase()) : undefined;
  const row = {
    network: of.network,
    job: job ?? (event.job ? of.toRef(event.job) : null),
    account: event.account === undefined ? null : toRef(event.account),
    kind: event.change,
    token: of.workToken,
    amount: event.amount,
    delta: event.delta,
  };
  draft.digest.add(encodeEscrowChange(draft.rows.escrow_change, { place, logIndex, part }, row));
  noteJob(subjects, row.job, job);
}

function changeParameter(context: EventContext, { name, value }: Of<'parameterChanged'>): void {
  const { draft, of, place, logIndex, part } = context;
  const row = { network: of.network, name: toRef(name), value: toRef(value) };
  draft.digest.add(encodeParameterChange(draft.rows.parameter_change, { place, logIndex, part }, row));
}

/** What is announced a second time stays as it was, apart from tasks that it adds. */
function createJob(context: EventContext, event: Of<'jobCreated'>): void {
  const { draft, of, place } = context;
  const provider = event.provider ? draft.getProvider(of, event.provider, place) : null;
  const native = event.job.toLowerCase();
  const known = of.states.jobs.get(native);
  const job = known ?? draft.addJob(of, native, event, place);
  let added = 0;
  for (const { task, position } of event.tasks) {
    const nativeTask = task.toLowerCase();
    if (of.states.tasks.get(nativeTask)) continue;
    draft.addTask(of, { native: nativeTask, job, position, place });
    added += 1;
  }
  job.tasks += added;
  if (known) draft.addAnomaly(context, `The job ${job.id} was announced before.`);
  addStep(context, { job, task: null, node: null, provider, kind: 'created' });
  assignJob(context, job, provider);
  noteJob(context.subjects, job, job);
}

function assign(context: EventContext, event: Of<'jobAssigned'>): void {
  const { draft, of, place, subjects } = context;
  const provider = draft.getProvider(of, event.provider, place);
  const job = of.states.jobs.get(event.job.toLowerCase());
  if (job) {
    addStep(context, { job, task: null, node: null, provider, kind: 'assigned' });
    assignJob(context, job, provider);
  } else {
    draft.addAnomaly(context, `The job ${of.prefix}${event.job} was assigned and never announced.`);
  }
  noteJob(subjects, job ?? of.toRef(event.job), job);
  subjects.provider ??= provider;
}

function step(context: EventContext, native: string, kind: 'started' | 'reopened'): void {
  const { of, subjects } = context;
  const { task, job } = find(of, native);
  if (task && job) {
    addStep(context, { job, task, node: null, provider: null, kind });
    addTaskStep(context, { job, task, kind });
  }
  note(of, subjects, { native, task, job });
}

/** A task ends once, unless it is reopened: the first end counts, the second is noted as odd. */
function end(context: EventContext, native: string, kind: EndKind): void {
  const { draft, of, subjects } = context;
  const { task, job } = find(of, native);
  if (!task || !job) {
    draft.addAnomaly(context, `The task ${of.prefix}${native} ended and was never announced.`);
  } else if (task.status === 'completed' || task.status === 'failed') {
    draft.addAnomaly(context, `The task ${task.id} had ended before.`);
  } else {
    addStep(context, { job, task, node: null, provider: null, kind });
    endTask(context, { job, task, kind });
  }
  note(of, subjects, { native, task, job });
}

function attempt(context: EventContext, event: Of<'taskAttempted'>): void {
  const { draft, of, place, logIndex, part } = context;
  const { task, job } = find(of, event.task);
  const node = draft.getNode(of, event.node, place);
  if (task && job) {
    addStep(context, { job, task, node, provider: null, kind: 'attempted' });
    const { provider } = job;
    draft.digest.add(encodeAttempt(draft.rows.attempt, { place, logIndex, part }, { task, job, provider, node }));
    addTaskStep(context, { job, task, kind: 'attempted' });
  }
  context.subjects.node ??= node;
  note(of, context.subjects, { native: event.task, task, job });
}

function verify(context: EventContext, event: Of<'taskVerified'>): void {
  const { draft, of, place, logIndex, part } = context;
  const { task, job } = find(of, event.task);
  const node = event.node ? draft.getNode(of, event.node, place) : null;
  if (!event.node && task && job) {
    addStep(context, { job, task, node: null, provider: null, kind: 'verified' });
    addTaskStep(context, { job, task, kind: 'verified' });
  }
  const row = {
    network: of.network,
    task: task ?? of.toRef(event.task),
    job: job ?? null,
    provider: job?.provider ?? null,
    node,
    mechanism: event.mechanism,
    result: event.result,
  };
  draft.digest.add(encodeVerification(draft.rows.verification, { place, logIndex, part }, row));
  context.subjects.node ??= node;
  note(of, context.subjects, { native: event.task, task, job });
}

function pay(context: EventContext, event: Of<'paid'>): void {
  const { draft, of, place, logIndex, part, subjects } = context;
  const { task, job } = find(of, event.task);
  const provider = toProvider(context, event.provider, job);
  const forWork = rolesForWork.has(event.role);
  const row = {
    network: of.network,
    provider,
    job: job ?? null,
    task: task ?? (event.task ? of.toRef(event.task) : null),
    payer: event.payer === undefined ? null : toRef(event.payer),
    recipient: event.recipient === undefined ? toNative(of, provider) : toRef(event.recipient),
    role: event.role,
    forWork,
    token: of.workToken,
    amount: event.amount,
  };
  draft.digest.add(encodePayout(draft.rows.payout, { place, logIndex, part }, row));
  if (forWork) {
    if (provider) draft.deltas.ofProvider(provider).paid += event.amount;
    draft.deltas.ofNetwork(of.network).paid += event.amount;
  }
  subjects.provider ??= provider;
  if (event.node) refer(of, subjects, { node: event.node });
  note(of, subjects, { native: event.task, task, job });
}

function changeStake(context: EventContext, event: Of<'stakeChanged'>): void {
  const { draft, of, place, logIndex, part, subjects } = context;
  const { task, job } = find(of, event.task);
  const provider = toProvider(context, event.provider, job);
  const { change: kind, amount, delta } = event;
  const row = {
    network: of.network,
    provider,
    node: event.node ? draft.getNode(of, event.node, place) : null,
    task: task ?? (event.task ? of.toRef(event.task) : null),
    account: toRef(event.account),
    kind,
    token: of.stakeToken,
    amount,
    delta,
  };
  draft.digest.add(encodeStakeChange(draft.rows.stake_change, { place, logIndex, part }, row));
  draft.deltas.ofNetwork(of.network).stake += delta;
  if (provider) {
    const sum = draft.deltas.ofProvider(provider);
    sum.stake += delta;
    if (kind === 'rewarded') sum.rewarded += amount;
    // A slash without effect on the bonded stake is a share of one that is counted already.
    if (kind === 'slashed' && delta !== 0n) sum.slashed += amount;
  }
  subjects.provider ??= provider;
  if (event.node) refer(of, subjects, { node: event.node });
  note(of, subjects, { native: event.task, task, job });
}

function addStep(context: EventContext, row: Parameters<typeof encodeStep>[2]): void {
  const { draft, place, logIndex, part } = context;
  draft.digest.add(encodeStep(draft.rows.job_step, { place, logIndex, part }, row));
}

function toProvider(context: EventContext, named: string | undefined, job: JobState | undefined): Ref | null {
  if (named === 'ofTask') return job?.provider ?? null;
  return named ? context.draft.getProvider(context.of, named, context.place) : null;
}

/** The provider's own id: where a log names the job alone, its provider is who is paid. */
function toNative(of: NetworkDraft, provider: Ref | null): Ref | null {
  return provider && toRef(provider.id.slice(of.prefix.length));
}

interface Found {
  readonly task?: TaskState;
  readonly job?: JobState;
}

function find({ states }: NetworkDraft, native: string | undefined): Found {
  const task = native ? states.tasks.get(native.toLowerCase()) : undefined;
  if (!task) return nothing;
  const job = states.jobs.get(task.job);
  assert(job, `the job of task ${task.id} was looked up with it`);
  return { task, job };
}

const nothing: Found = {};

/** Notes whom the log speaks of; what it said first stays. */
function refer(of: NetworkDraft, subjects: Subjects, { provider, node, job, task }: Subject): void {
  const { states } = of;
  const knownTask = task ? states.tasks.get(task.toLowerCase()) : undefined;
  const knownJob = job ? states.jobs.get(job.toLowerCase()) : knownTask && states.jobs.get(knownTask.job);
  subjects.task ??= knownTask ?? (task ? of.toRef(task) : null);
  if (node) subjects.node ??= states.nodes.get(node.toLowerCase()) ?? of.toRef(node);
  if (provider) subjects.provider ??= states.providers.get(provider.toLowerCase()) ?? of.toRef(provider);
  noteJob(subjects, knownJob ?? (job ? of.toRef(job) : null), knownJob);
}

/** As `refer`, of what is at hand. */
function note(of: NetworkDraft, subjects: Subjects, { native, task, job }: { native?: string } & Found): void {
  if (native) subjects.task ??= task ?? of.toRef(native);
  noteJob(subjects, job ?? null, job);
}

function noteJob(subjects: Subjects, job: Ref | null, state: JobState | undefined): void {
  if (subjects.job) return;
  subjects.job = job;
  subjects.provider ??= state?.provider ?? null;
}

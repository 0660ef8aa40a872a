import { assertNever } from '../../schema/lib/assert.js';
import type { CanonicalEvent } from '../events/CanonicalEvent.js';
import { type AdaptedLog, UNKNOWN_EVENT } from '../events/logs.js';
import type { Draft } from './createDraft.js';
import type { EventContext, Of } from './EventContext.js';
import type { Subjects } from './encodeEvent.js';
import { encodeAttempt, encodeStep, encodeVerification } from './encodeFacts.js';
import {
  answerFeed,
  changeEscrow,
  changeParameter,
  changeStake,
  isForged,
  pay,
  price,
  stateBalance,
} from './foldMarket.js';
import { addTaskStep, assignJob, type EndKind, endTask } from './foldTasks.js';
import { createPlace, isAt } from './Place.js';
import type { JobState, Ref } from './states.js';
import { find, note, noteJob, refer } from './subjects.js';
import { changeNode, changeProvider, changeVersion } from './versions.js';

/**
 * Canonical events to rows, leaves, deltas and the state of jobs and tasks, in the order of the chain. A noun exists
 * from the first event that names it. Everything that the batch names is in the states by now, if the database has it.
 */
export function foldLog(draft: Draft, { decoded, events, subject, unverified }: AdaptedLog): void {
  const { log, network, name } = decoded;
  if (!isAt(draft.place, log)) draft.place = createPlace(draft.chainId, log, draft.timeOf(log.height));
  const of = draft.ofNetwork(network);
  draft.deltas.touch(of.network);
  const subjects: Subjects = { provider: null, node: null, job: null, task: null };
  const isDoubted = unverified === true || events.some((event) => isForged(of, event));
  for (let part = 0; part < events.length && !isDoubted; part++) {
    const event = events[part];
    if (event) foldEvent({ draft, of, place: draft.place, logIndex: log.logIndex, part, subjects }, event);
  }
  if (subject) refer(of, subjects, subject);
  const kind = isDoubted ? 'unverified' : (events[0]?.kind ?? (name === UNKNOWN_EVENT ? 'unknown' : 'unmapped'));
  draft.digest.add(draft.encodeEvent(draft.rows.event, draft.place, decoded, kind, subjects));
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
    case 'balanceStated':
      stateBalance(context, event);
      break;
    case 'parameterChanged':
      changeParameter(context, event);
      break;
    case 'feedAnswered':
      answerFeed(context, event);
      break;
    default:
      assertNever(event);
  }
}

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

/** What is announced a second time stays as it was, apart from tasks that it adds. */
function createJob(context: EventContext, event: Of<'jobCreated'>): void {
  const { draft, of, place } = context;
  const provider = event.provider ? draft.getProvider(of, event.provider, place) : null;
  const native = event.job.toLowerCase();
  const known = of.states.jobs.get(native);
  if (known && event.restated) {
    restateJob(context, known, provider);
    return;
  }
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

/** Nothing new, unless nobody ran it so far. */
function restateJob(context: EventContext, job: JobState, provider: Ref | null): void {
  if (provider && !job.provider) {
    addStep(context, { job, task: null, node: null, provider, kind: 'assigned' });
    assignJob(context, job, provider);
  }
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

function addStep(context: EventContext, row: Parameters<typeof encodeStep>[2]): void {
  const { draft, place, logIndex, part } = context;
  draft.digest.add(encodeStep(draft.rows.job_step, { place, logIndex, part }, row));
}

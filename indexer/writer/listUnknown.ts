import { assertNever } from '../../schema/lib/assert.js';
import type { CanonicalEvent } from '../events/CanonicalEvent.js';
import type { AdaptedLog, Subject } from '../events/logs.js';
import type { NetworkStates } from './states.js';

/** Native ids of one network that a batch names and the states do not hold. */
export interface Unknown {
  readonly providers: Set<string>;
  readonly nodes: Set<string>;
  readonly jobs: Set<string>;
  readonly tasks: Set<string>;
}

/**
 * What must be looked up before a batch is folded, by network. Jobs and tasks that the batch itself announces are taken
 * for new, unless they are restated or `distrust` is set: should one not be, its row is refused, and the batch prepared
 * again.
 */
export function listUnknown(
  logs: readonly AdaptedLog[],
  statesOf: (networkId: string) => NetworkStates,
  { distrust }: { readonly distrust: boolean },
): ReadonlyMap<string, Unknown> {
  const unknown = new Map<string, Unknown>();
  const born = new Map<string, { readonly jobs: Set<string>; readonly tasks: Set<string> }>();
  for (const { decoded, events, subject } of logs) {
    const id = decoded.network.definition.id;
    const states = statesOf(id);
    const named = getOrAdd(unknown, id, createUnknown);
    const news = getOrAdd(born, id, () => ({ jobs: new Set<string>(), tasks: new Set<string>() }));
    for (const event of events) addEvent(event, { named, states, news, distrust });
    if (subject) addNamed(subject, { named, states, news });
  }
  return unknown;
}

function createUnknown(): Unknown {
  return { providers: new Set(), nodes: new Set(), jobs: new Set(), tasks: new Set() };
}

interface Names {
  readonly named: Unknown;
  readonly states: NetworkStates;
  readonly news: { readonly jobs: Set<string>; readonly tasks: Set<string> };
}

/** Kind by kind, for events of all kinds have their fields in as many places. */
function addEvent(event: CanonicalEvent, names: Names & { readonly distrust: boolean }): void {
  const { named, states, news } = names;
  switch (event.kind) {
    case 'jobCreated':
      addJob(event, names);
      if (event.provider) addUnknown(named.providers, states.providers, event.provider);
      return;
    case 'providerUpdated':
      addUnknown(named.providers, states.providers, event.provider);
      return;
    case 'jobAssigned':
      if (!news.jobs.has(event.job.toLowerCase())) addUnknown(named.jobs, states.jobs, event.job);
      addUnknown(named.providers, states.providers, event.provider);
      return;
    case 'taskAttempted':
    case 'taskVerified':
      addTask(named, states, news.tasks, event.task);
      if (event.node) addUnknown(named.nodes, states.nodes, event.node);
      return;
    case 'taskStarted':
    case 'taskReopened':
    case 'taskCompleted':
    case 'taskFailed':
      addTask(named, states, news.tasks, event.task);
      return;
    case 'paid':
    case 'stakeChanged':
      if (event.task) addTask(named, states, news.tasks, event.task);
      if (event.provider && event.provider !== 'ofTask') addUnknown(named.providers, states.providers, event.provider);
      if (event.node) addUnknown(named.nodes, states.nodes, event.node);
      return;
    case 'nodeUpdated':
      addUnknown(named.nodes, states.nodes, event.node);
      if (event.provider) addUnknown(named.providers, states.providers, event.provider);
      return;
    case 'priced':
      if (event.job && !news.jobs.has(event.job.toLowerCase())) addUnknown(named.jobs, states.jobs, event.job);
      if (event.provider && event.provider !== 'ofTask') addUnknown(named.providers, states.providers, event.provider);
      if (event.node) addUnknown(named.nodes, states.nodes, event.node);
      return;
    case 'escrowChanged':
      if (event.task) addTask(named, states, news.tasks, event.task);
      if (event.job && !news.jobs.has(event.job.toLowerCase())) addUnknown(named.jobs, states.jobs, event.job);
      return;
    case 'balanceStated':
    case 'parameterChanged':
    case 'feedAnswered':
      return;
    default:
      assertNever(event);
  }
}

function addJob(event: Extract<CanonicalEvent, { kind: 'jobCreated' }>, names: Names & { readonly distrust: boolean }) {
  const { named, states, news } = names;
  const job = event.job.toLowerCase();
  const isNew = !event.restated && !names.distrust;
  if (isNew) news.jobs.add(job);
  else if (!news.jobs.has(job)) addUnknown(named.jobs, states.jobs, job);
  for (const { task } of event.tasks) {
    if (isNew) news.tasks.add(task.toLowerCase());
    else addTask(named, states, news.tasks, task);
  }
}

function addNamed({ provider, node, job, task }: Subject, { named, states, news }: Names): void {
  if (task) addTask(named, states, news.tasks, task);
  if (job && !news.jobs.has(job.toLowerCase())) addUnknown(named.jobs, states.jobs, job);
  if (provider) addUnknown(named.providers, states.providers, provider);
  if (node) addUnknown(named.nodes, states.nodes, node);
}

/** With a task goes its job, which may have been forgotten before it. */
function addTask(named: Unknown, states: NetworkStates, news: ReadonlySet<string>, native: string): void {
  const key = native.toLowerCase();
  if (news.has(key)) return;
  const task = states.tasks.get(key);
  if (!task) named.tasks.add(key);
  else if (!states.jobs.get(task.job)) named.jobs.add(task.job);
}

function addUnknown(named: Set<string>, known: { get(key: string): unknown }, native: string): void {
  const key = native.toLowerCase();
  if (known.get(key) === undefined) named.add(key);
}

function getOrAdd<Value>(map: Map<string, Value>, key: string, create: () => Value): Value {
  const found = map.get(key);
  if (found) return found;
  const created = create();
  map.set(key, created);
  return created;
}

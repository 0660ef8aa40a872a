import { type CanonicalEvent, rolesForWork } from '../events/CanonicalEvent.js';
import { cleanDistinct, cleanText, MAX_NAME, MAX_VALUE } from './cleanText.js';
import type { NetworkDraft } from './createDraft.js';
import type { EventContext, Of } from './EventContext.js';
import { encodePayout, encodeStakeChange } from './encodeFacts.js';
import {
  encodeBalanceStatement,
  encodeEscrowChange,
  encodeFeedAnswer,
  encodeParameterChange,
  encodePrice,
} from './encodeMarket.js';
import { find, note, noteJob, refer, toNative, toProvider } from './subjects.js';
import { toRef } from './toRef.js';

/** Events of money and rules to append-only rows and sums; none of them changes a job or a task. */

export function pay(context: EventContext, event: Of<'paid'>): void {
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

export function changeStake(context: EventContext, event: Of<'stakeChanged'>): void {
  const { draft, of, place, logIndex, part, subjects } = context;
  const { task, job } = find(of, event.task);
  const provider = toProvider(context, event.provider, job);
  const { change: kind, amount, delta } = event;
  const row = {
    network: of.network,
    provider,
    node: event.node ? draft.getNode(of, event.node, place) : null,
    task: task ?? (event.task ? of.toRef(event.task) : null),
    account: event.account === undefined ? toNative(of, provider) : toRef(event.account),
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

/** Published in the name of a provider whose owner did not sign it, as far as the logs before it tell. */
export function isForged({ states }: NetworkDraft, event: CanonicalEvent): boolean {
  if (event.kind !== 'priced' || event.signer === undefined) return false;
  const provider = states.providers.get(event.provider?.toLowerCase() ?? '');
  return provider?.version?.attributes.owner !== event.signer.toLowerCase();
}

export function price(context: EventContext, event: Of<'priced'>): void {
  const { draft, of, place, logIndex, part, subjects } = context;
  const job = event.job ? of.states.jobs.get(event.job.toLowerCase()) : undefined;
  const provider =
    event.basis === 'bid' && event.provider !== 'ofTask'
      ? (of.states.providers.get(event.provider?.toLowerCase() ?? '') ?? null)
      : toProvider(context, event.provider, job);
  const row = {
    network: of.network,
    provider,
    node: event.node ? draft.getNode(of, event.node, place) : null,
    job: job ?? (event.job ? of.toRef(event.job) : null),
    basis: event.basis,
    unit: event.unit,
    resource: event.resource === undefined ? null : toRef(cleanDistinct(event.resource, MAX_NAME)),
    token: of.workToken,
    amount: event.amount,
    scale: event.scale,
  };
  draft.digest.add(encodePrice(draft.rows.price, { place, logIndex, part }, row));
  subjects.provider ??= provider;
  refer(of, subjects, event.node === undefined ? {} : { node: event.node });
  noteJob(subjects, row.job, job);
}

export function changeEscrow(context: EventContext, event: Of<'escrowChanged'>): void {
  const { draft, of, place, logIndex, part, subjects } = context;
  const { task, job: jobOfTask } = find(of, event.task);
  const job = event.job ? of.states.jobs.get(event.job.toLowerCase()) : jobOfTask;
  const row = {
    network: of.network,
    job: job ?? (event.job ? of.toRef(event.job) : null),
    account: event.account === undefined ? null : toRef(event.account),
    subaccount: event.subaccount === undefined ? null : toRef(event.subaccount),
    kind: event.change,
    token: of.workToken,
    amount: event.amount,
    delta: event.delta,
  };
  draft.digest.add(encodeEscrowChange(draft.rows.escrow_change, { place, logIndex, part }, row));
  if (event.task) note(of, subjects, { native: event.task, task, job });
  noteJob(subjects, row.job, job);
}

export function stateBalance(context: EventContext, event: Of<'balanceStated'>): void {
  const { draft, of, place, logIndex, part } = context;
  const row = {
    network: of.network,
    kind: event.of,
    account: toRef(event.account),
    subaccount: event.subaccount === undefined ? null : toRef(event.subaccount),
    token: event.of === 'stake' ? of.stakeToken : of.workToken,
    amount: event.amount,
  };
  draft.digest.add(encodeBalanceStatement(draft.rows.balance_statement, { place, logIndex, part }, row));
}

export function changeParameter(context: EventContext, { name, value }: Of<'parameterChanged'>): void {
  const { draft, of, place, logIndex, part } = context;
  const row = {
    network: of.network,
    name: toRef(cleanDistinct(name, MAX_NAME)),
    value: toRef(cleanText(value, MAX_VALUE).text),
  };
  draft.digest.add(encodeParameterChange(draft.rows.parameter_change, { place, logIndex, part }, row));
}

export function answerFeed(context: EventContext, event: Of<'feedAnswered'>): void {
  const { draft, of, place, logIndex, part } = context;
  const { feed, aggregator, phase, roundId, answer, updatedAt, decimals } = event;
  const row = {
    network: of.network,
    feed: toRef(feed),
    aggregator: toRef(aggregator),
    phase,
    roundId,
    answer,
    updatedAt,
  };
  draft.digest.add(encodeFeedAnswer(draft.rows.feed_answer, { place, logIndex, part }, { ...row, decimals }));
}

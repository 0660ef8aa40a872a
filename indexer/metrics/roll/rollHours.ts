import { HOURS_PER_DAY } from '../../../schema/heartbeat/slots.js';
import { assert } from '../../../schema/lib/assert.js';
import { detailedKinds, toDetailHour } from './detail.js';
import type { RollPlan } from './RollPlan.js';
import { type RollContext, toFound } from './RollStep.js';
import { add, count, rollFamilies, type Written } from './rollFamilies.js';
import { sql } from './sql.js';
import { listSummed, toFamilyMetrics } from './toFamilyMetrics.js';
import type { FamilyTurn, Since } from './toParts.js';

export interface RollOptions {
  readonly plan: RollPlan;
  readonly lot: number;
  /** The earliest hour with an event that is new; what such hours say goes on from there. */
  readonly changedSince: number;
  /** The head lies in a later day than that of the last turn. */
  readonly isNewDay: boolean;
  /** The head lies in an earlier hour than what was rolled. */
  readonly isCutBack: boolean;
  /** Told of each step and family that was just done, by its name. */
  readonly onPart?: ((name: string) => void) | undefined;
}

/**
 * Makes everything of these hours anew, within a transaction of the caller's. The temporary tables are there. Of the tables of
 * steps no count is given.
 */
export async function rollHours(
  context: RollContext,
  { plan, lot, changedSince, isNewDay, isCutBack, onPart = () => undefined }: RollOptions,
): Promise<Written & { readonly hours: number }> {
  const { client, network, head, isRebuild } = context;
  const stepped = await takeFirstSteps(context, plan, { changedSince, onPart });
  const detailHour = toDetailHour(head.hour);
  const summed = listSummed(plan);
  const ids = summed.map(({ id }) => id);
  const options = { lot, summed, onPart };
  let sum = isCutBack ? await count(client, sql.cutHours, [network.id, head.hour]) : { written: 0, gone: 0 };
  sum = add(sum, await rollFamilies(context, toTurns(stepped, plan, 'hour'), { ...options, grain: 'hour' }));
  if (!isRebuild) {
    sum = add(sum, await count(client, sql.sumDays, [ids, detailHour / HOURS_PER_DAY, detailedKinds]));
    onPart('sums');
  }
  sum = add(sum, await rollFamilies(context, toTurns(stepped, plan, 'day'), { ...options, grain: 'day' }));
  if (isNewDay) sum = add(sum, await count(client, sql.dropDetail, [network.id, detailHour, detailedKinds]));
  for (const step of plan.lastSteps) {
    const found = toFound(await step({ ...context, hours: stepped.all }));
    onPart(step.name);
    assert(found.hours.length === 0, `${step.name} comes last and finds no hours for those before it`);
  }
  return { ...sum, hours: stepped.all.length };
}

interface Stepped {
  readonly all: readonly number[];
  readonly withoutOutcomes: readonly number[];
  readonly operators: number;
  readonly since: Since;
}

/** Each step is given the hours that those before it found, too. */
async function takeFirstSteps(
  context: RollContext,
  { readingSteps = [], firstSteps }: RollPlan,
  { changedSince, onPart }: Pick<RollOptions, 'changedSince'> & { readonly onPart: (name: string) => void },
): Promise<Stepped> {
  let { hours } = context;
  let record = changedSince;
  let operators = Number.POSITIVE_INFINITY;
  let withoutOutcomes = hours;
  const end = hours.at(-1) ?? Number.NEGATIVE_INFINITY;
  for (const step of [...readingSteps, ...firstSteps]) {
    const { hours: more, operatorsSince } = toFound(await step({ ...context, hours }));
    onPart(step.name);
    if (operatorsSince !== undefined) operators = Math.min(operators, operatorsSince);
    // What comes later is made by a later turn, or has gone with the blocks.
    const within = more.filter((hour) => hour <= end);
    if (within.length === 0) continue;
    hours = [...new Set([...hours, ...within])].sort((one, other) => one - other);
    if (readingSteps.includes(step)) withoutOutcomes = hours;
    else record = within.reduce((one, other) => Math.min(one, other), record);
  }
  return { all: hours, withoutOutcomes, operators, since: { state: changedSince, record } };
}

function toTurns(stepped: Stepped, plan: RollPlan, grain: 'hour' | 'day'): readonly FamilyTurn[] {
  const families = plan.families.filter((family) => family.grain === grain);
  return families.map((family) => {
    const metrics = toFamilyMetrics(family, plan);
    const hours = family.ignores === 'outcomes' ? stepped.withoutOutcomes : stepped.all;
    const turn = { family, metrics, hours, since: stepped.since };
    return family.reads === 'operators' ? withOperators(turn, stepped.operators) : turn;
  });
}

/** A family of days of operators, from the hour on from which providers count for others. */
function withOperators(turn: FamilyTurn, since: number): FamilyTurn {
  const { hours } = turn;
  if (since >= (hours[0] ?? since))
    return { ...turn, since: { ...turn.since, record: Math.min(turn.since.record, since) } };
  return { ...turn, hours: [since, ...hours], since: { ...turn.since, record: since } };
}

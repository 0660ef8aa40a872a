import { assert } from '../../../schema/lib/assert.js';
import { detailedKinds, toDetailHour } from './detail.js';
import type { RollPlan } from './RollPlan.js';
import { type RollContext, toFound } from './RollStep.js';
import { add, type FamilyTurn, rollFamily, type Since, type Written } from './rollFamily.js';
import { sql } from './sql.js';
import { listSummed, toFamilyMetrics } from './toFamilyMetrics.js';

export interface RollOptions {
  readonly plan: RollPlan;
  readonly lot: number;
  /** The earliest hour with an event that is new; what such hours say goes on from there. */
  readonly changedSince: number;
  /** The head lies in a later day than that of the last turn. */
  readonly isNewDay: boolean;
}

/**
 * Makes everything of these hours anew, within a transaction of the caller's. The temporary tables are there. Of the tables of
 * steps no count is given.
 */
export async function rollHours(
  context: RollContext,
  { plan, lot, changedSince, isNewDay }: RollOptions,
): Promise<Written & { readonly hours: number }> {
  const { client } = context;
  const { all, withoutOutcomes, operators, since } = await takeFirstSteps(context, plan, changedSince);
  let sum = await cut(context);
  const summed = listSummed(plan);
  const roll = async (grain: 'hour' | 'day') => {
    for (const family of plan.families) {
      if (family.grain !== grain) continue;
      const metrics = toFamilyMetrics(family, plan);
      const turn = { family, metrics, summed: metrics.filter((metric) => summed.includes(metric)), lot, since };
      const hours = family.ignores === 'outcomes' ? withoutOutcomes : all;
      sum = add(
        sum,
        await (family.reads === 'operators'
          ? rollFamily(...withOperators(hours, turn, operators))
          : rollFamily(hours, turn)),
      );
    }
  };
  const detailHour = toDetailHour(context.head.hour);
  await roll('hour');
  sum = add(sum, await count(client, sql.sumDays, [summed.map(({ id }) => id), detailHour / 24, detailedKinds]));
  await roll('day');
  if (isNewDay) sum = add(sum, await count(client, sql.dropDetail, [context.network.id, detailHour, detailedKinds]));
  for (const step of plan.lastSteps) {
    const found = toFound(await step(all));
    assert(found.hours.length === 0, `${step.name} comes last and finds no hours for those before it`);
  }
  return { ...sum, hours: all.hours.length };
}

interface Stepped {
  readonly all: RollContext;
  readonly withoutOutcomes: RollContext;
  readonly operators: number;
  readonly since: Since;
}

/** Each step is given the hours that those before it found, too. */
async function takeFirstSteps(
  context: RollContext,
  { readingSteps = [], firstSteps }: RollPlan,
  changedSince: number,
): Promise<Stepped> {
  let { hours } = context;
  let record = changedSince;
  let operators = Number.POSITIVE_INFINITY;
  let withoutOutcomes = hours;
  const end = hours.at(-1) ?? Number.NEGATIVE_INFINITY;
  for (const step of [...readingSteps, ...firstSteps]) {
    const { hours: more, operatorsSince } = toFound(await step({ ...context, hours }));
    if (operatorsSince !== undefined) operators = Math.min(operators, operatorsSince);
    // What comes later is made by a later turn, or has gone with the blocks.
    const within = more.filter((hour) => hour <= end);
    if (within.length === 0) continue;
    hours = [...new Set([...hours, ...within])].sort((one, other) => one - other);
    if (readingSteps.includes(step)) withoutOutcomes = hours;
    else record = within.reduce((one, other) => Math.min(one, other), record);
  }
  return {
    all: { ...context, hours },
    withoutOutcomes: { ...context, hours: withoutOutcomes },
    operators,
    since: { state: changedSince, record },
  };
}

/** A family of days of operators, from the hour on from which providers count for others. */
function withOperators(context: RollContext, turn: FamilyTurn, since: number): [RollContext, FamilyTurn] {
  const { hours } = context;
  if (since >= (hours[0] ?? since))
    return [context, { ...turn, since: { ...turn.since, record: Math.min(turn.since.record, since) } }];
  return [
    { ...context, hours: [since, ...hours] },
    { ...turn, since: { ...turn.since, record: since } },
  ];
}

/** Where blocks were taken back the head stands before what was rolled. */
async function cut({ client, network, head, isRebuild }: RollContext): Promise<Written> {
  return isRebuild ? { written: 0, gone: 0 } : count(client, sql.cutHours, [network.id, head.hour]);
}

async function count(
  client: RollContext['client'],
  statement: string,
  parameters: readonly unknown[],
): Promise<Written> {
  const { rows } = await client.query<Written>(statement, [...parameters]);
  return rows[0] ?? { written: 0, gone: 0 };
}

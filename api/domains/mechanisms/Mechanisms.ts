import { type ClassType, Field, Int, ObjectType } from 'type-graphql';
import { assert } from '../../../schema/lib/assert.js';
import { findMetric } from '../../../schema/metrics/catalogue.js';
import { BigDecimalScalar, BigIntScalar, JsonScalar, TimestampScalar } from '../../scalars.js';
import { Metric } from '../metric/Metric.js';
import { type MechanismPart, mechanismPartNames, mechanismParts } from './parts.js';

@ObjectType({ description: 'What a figure comes to over several whole days.', simpleResolvers: true })
export class MechanismWindow {
  @Field(() => TimestampScalar, { description: 'Where the first of the days begins.' })
  from: Date;

  @Field(() => TimestampScalar, { description: 'Where the last of them ends.' })
  to: Date;

  @Field(() => Int, { description: 'Of how many of the thirty days there is a figure.' })
  days: number;

  @Field(() => BigDecimalScalar, {
    nullable: true,
    description: 'In the unit of the metric, ratios to twelve places; null: days do not add up, or there is none.',
  })
  value: string | null;

  @Field(() => BigDecimalScalar, { nullable: true, description: 'What it is at least, by Wilson’s interval of 95 %.' })
  low: string | null;

  @Field(() => BigDecimalScalar, { nullable: true, description: 'What it is at most, likewise.' })
  high: string | null;

  @Field(() => BigDecimalScalar, { nullable: true, description: 'What is above the line; of a sum, all.' })
  numerator: string | null;

  @Field(() => BigDecimalScalar, { nullable: true, description: 'What is below it; null where nothing is.' })
  denominator: string | null;

  @Field(() => BigIntScalar, { description: 'How many samples stand behind it.' })
  samples: number;
}

@ObjectType({
  description: 'A figure of the last day that is over, and of the thirty up to it.',
  simpleResolvers: true,
})
export class MechanismFigure {
  @Field(() => Metric, { description: 'What it is: id of the catalogue, unit, definition.' })
  metric: Metric;

  @Field(() => TimestampScalar, { nullable: true, description: 'Where the day begins; null: none is over yet.' })
  from: Date | null;

  @Field(() => TimestampScalar, { nullable: true, description: 'Where it ends.' })
  to: Date | null;

  @Field(() => BigDecimalScalar, {
    nullable: true,
    description: 'Of that day, in the unit of the metric; null: see `reason`. Never a zero for what is not known.',
  })
  value: string | null;

  @Field(() => BigDecimalScalar, { nullable: true, description: 'What it is at least, where trials tell.' })
  low: string | null;

  @Field(() => BigDecimalScalar, { nullable: true, description: 'What it is at most, where trials tell.' })
  high: string | null;

  @Field(() => BigIntScalar, { description: 'How many samples stand behind it.' })
  samples: number;

  @Field(() => String, {
    nullable: true,
    description:
      'Why there is no value: what the protocol does not record, in its words, or what was missing that day.',
  })
  reason: string | null;

  @Field(() => JsonScalar, { nullable: true, description: 'What else is known of it, by name.' })
  detail: Readonly<Record<string, unknown>> | null;

  @Field(() => MechanismWindow, { nullable: true, description: 'Of thirty days; null: none is over yet.' })
  window: MechanismWindow | null;
}

export type FiguresOfPart = Readonly<Record<string, MechanismFigure>>;
export type MechanismsRow = { readonly networkId: string } & Readonly<Record<MechanismPart, FiguresOfPart>>;

@ObjectType({
  description:
    'The five mechanisms of a market: how a network distributes work, draws people in, verifies, pays, and is spread.',
  simpleResolvers: true,
})
export class Mechanisms {}

for (const name of mechanismPartNames) {
  const { description } = mechanismParts[name];
  const type = createPart(name);
  Field(() => type, { description })(Mechanisms.prototype, name);
}

/** A type of GraphQL with a field for each figure, described by the catalogue. */
function createPart(name: MechanismPart): ClassType<object> {
  const { type, description, figures } = mechanismParts[name];
  class Part {}
  ObjectType(type, { description, simpleResolvers: true })(Part);
  for (const [field, id] of Object.entries<string>(figures)) {
    const metric = findMetric(id);
    assert(metric, `a metric of the catalogue, got ${id}`);
    Field(() => MechanismFigure, { description: `${metric.title} (\`${id}\`).` })(Part.prototype, field);
  }
  return Part;
}

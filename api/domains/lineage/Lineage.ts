import { Field, ID, ObjectType } from 'type-graphql';
import type { Grain, SubjectKind } from '../../../schema/metrics/MetricDefinition.js';
import { createEnum } from '../../list/createEnum.js';
import { PageInfo } from '../../list/PageInfo.js';
import { BigDecimalScalar, BigIntScalar, BytesScalar, JsonScalar, TimestampScalar } from '../../scalars.js';
import { Metric, MetricGrain, MetricSubjectKind } from '../metric/Metric.js';
import { MetricPoint } from '../metric/MetricPoint.js';

export type Nature = 'fact' | 'reading' | 'derived' | 'setup';

export const LineageNature = createEnum<Nature>({
  name: 'LineageNature',
  description: 'Where something is known from.',
  values: {
    fact: 'Logs of a chain say it.',
    reading: 'Observers heard it, or asked for it: heartbeats, prices off chain.',
    derived: 'It follows from facts and readings, and can be made again from them.',
    setup: 'Whoever set the explorer up has said it.',
  },
});

@ObjectType({ description: 'A table that a figure is made from.', simpleResolvers: true })
export class LineageTable {
  @Field(() => String, { description: 'Its name.' })
  table: string;

  @Field(() => LineageNature, { description: 'Where its rows are known from.' })
  nature: Nature;
}

@ObjectType({ description: 'So many rows of one kind.', simpleResolvers: true })
export class LineageCount {
  @Field(() => String, { description: 'The table.' })
  source: string;

  @Field(() => String, { description: 'What they say.' })
  kind: string;

  @Field(() => BigIntScalar, { description: 'How many there are.' })
  count: number;
}

@ObjectType({
  description: 'What the rows come to when they are added up anew, which is what is stored.',
  simpleResolvers: true,
})
export class LineageRecount {
  @Field(() => BigDecimalScalar, { nullable: true, description: 'Of the numerator; null: it is no sum of rows.' })
  numerator: string | null;

  @Field(() => BigDecimalScalar, { nullable: true, description: 'Of the denominator; null: it is no sum of rows.' })
  denominator: string | null;

  @Field(() => BigIntScalar, { nullable: true, description: 'Of the samples; null: they are not these rows.' })
  samples: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether all of it is what is stored. False while something has happened that is not rolled up yet. Null: there is nothing to compare.',
  })
  agrees: boolean | null;
}

@ObjectType({
  description: 'Another figure that goes into this one: its own lineage leads further down.',
  simpleResolvers: true,
})
export class LineageInput {
  @Field(() => Metric, { description: 'Which figure.' })
  metric: Metric;

  @Field(() => MetricSubjectKind, { description: 'What it is about.' })
  kind: SubjectKind;

  @Field(() => ID, { description: 'Whom it is about.' })
  subject: string;

  @Field(() => MetricGrain, { description: 'By the hour or by the day.' })
  grain: Grain;

  @Field(() => TimestampScalar, { description: 'Where its first bucket begins.' })
  from: Date;

  @Field(() => TimestampScalar, { description: 'Where its last one ends.' })
  to: Date;
}

@ObjectType({ description: 'A fact or a reading that a figure is made of.', simpleResolvers: true })
export class LineageFact {
  @Field(() => ID, { description: 'Its own, among the rows of a lineage.' })
  id: string;

  @Field(() => String, { description: 'The table it stands in.' })
  source: string;

  @Field(() => LineageNature, { description: 'Where it is known from.' })
  nature: Nature;

  @Field(() => String, { description: 'What it says: an outcome, a role, a kind of change.' })
  kind: string;

  @Field(() => TimestampScalar, { description: 'When it counts.' })
  at: Date;

  @Field(() => ID, { nullable: true, description: 'Id of the chain; null: it is of none.' })
  chain: string | null;

  @Field(() => BigIntScalar, { nullable: true, description: 'Height of the block that says it.' })
  height: number | null;

  @Field(() => BytesScalar, { nullable: true, description: 'Hash of that block.' })
  blockHash: Buffer | null;

  @Field(() => BytesScalar, { nullable: true, description: 'Hash of the transaction.' })
  transaction: Buffer | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The log that says it, as `event` takes it; null of readings, and of deadlines that passed.',
  })
  event: string | null;

  @Field(() => String, { nullable: true, description: 'The contract’s own name for that log.' })
  eventName: string | null;

  @Field(() => ID, { nullable: true, description: 'Whose it is.' })
  provider: string | null;

  @Field(() => ID, { nullable: true, description: 'The machine.' })
  node: string | null;

  @Field(() => ID, { nullable: true, description: 'The job.' })
  job: string | null;

  @Field(() => ID, { nullable: true, description: 'The task.' })
  task: string | null;

  @Field(() => BigDecimalScalar, {
    nullable: true,
    description: 'What it adds to the numerator, in the unit of the figure; null: it cannot be told row by row.',
  })
  numerator: string | null;

  @Field(() => BigDecimalScalar, { nullable: true, description: 'What it adds to the denominator, likewise.' })
  denominator: string | null;

  @Field(() => BigDecimalScalar, {
    nullable: true,
    description: 'What it measures, in the unit of the figure, where that is a quantile or a mean of rows.',
  })
  measure: string | null;

  @Field(() => JsonScalar, { description: 'What else the row says, by name; amounts in base units.' })
  detail: unknown;
}

@ObjectType({ description: 'A page of what a figure is made of.', simpleResolvers: true })
export class LineageFactConnection {
  @Field(() => [LineageFact], { description: 'In the order of time.' })
  nodes: readonly LineageFact[];

  @Field(() => PageInfo, { description: 'Where the page begins and ends: `endCursor` is `after` of the next one.' })
  pageInfo: PageInfo;
}

@ObjectType({
  description: 'What one bucket of a figure is made of, down to logs and readings.',
  simpleResolvers: true,
})
export class Lineage {
  @Field(() => Metric, { description: 'The figure: definition, formula, method version.' })
  metric: Metric;

  @Field(() => MetricSubjectKind, { description: 'What the subject is.' })
  kind: SubjectKind;

  @Field(() => ID, { description: 'Whom or what it is about.' })
  subject: string;

  @Field(() => MetricGrain, { description: 'How long the bucket is.' })
  grain: Grain;

  @Field(() => TimestampScalar, { description: 'Where the bucket begins.' })
  from: Date;

  @Field(() => TimestampScalar, { description: 'Where it ends.' })
  to: Date;

  @Field(() => MetricPoint, { nullable: true, description: 'What is stored; null: nothing is.' })
  point: MetricPoint | null;

  @Field(() => [LineageTable], { description: 'The tables that the figure is made from, by the catalogue.' })
  sources: readonly LineageTable[];

  @Field(() => [LineageInput], { description: 'Other figures that go into it, one level down.' })
  inputs: readonly LineageInput[];

  @Field(() => JsonScalar, {
    nullable: true,
    description: 'Of a score, what counted and how much, by name; null of other figures.',
  })
  evidence: unknown;

  @Field(() => String, { nullable: true, description: 'What a reader of the rows should know.' })
  note: string | null;
}

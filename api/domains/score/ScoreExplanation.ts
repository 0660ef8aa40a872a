import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { ComponentName } from '../../../schema/metrics/formulas/score/Score.js';
import { createEnum } from '../../list/createEnum.js';
import { BigDecimalScalar, TimestampScalar } from '../../scalars.js';
import { ScoreComponentName } from './Score.js';

export type CauseKind = 'aging' | 'outcome' | 'overdue' | 'slots' | 'incident' | 'prior' | 'removal';

export const ScoreCauseKind = createEnum<CauseKind>({
  name: 'ScoreCauseKind',
  description: 'Why a score is another one.',
  values: {
    aging: 'What was known counts less than it did, or is out of its window.',
    outcome: 'A task of its own ended, or another word on it came.',
    overdue: 'A task of its own ran past its deadline.',
    slots: "A day of its machines' heartbeats.",
    incident: 'A slash, a lost dispute, or something odd in its heartbeats.',
    prior: 'What its peers did: how a newcomer would be judged.',
    removal: 'Who is linked to whom, what goes in circles, and what its buyers did elsewhere.',
  },
});

@ObjectType({ description: 'One thing that moved one part of a score.', simpleResolvers: true })
export class ScoreCause {
  @Field(() => ScoreComponentName, { description: 'The part that it moved.' })
  component: ComponentName;

  @Field(() => ScoreCauseKind, { description: 'What it was.' })
  kind: CauseKind;

  @Field(() => String, {
    nullable: true,
    description: 'What became of the task, or which incident it was; null where it is neither.',
  })
  what: string | null;

  @Field(() => TimestampScalar, {
    nullable: true,
    description: 'When it became known; null of what is no single thing.',
  })
  at: Date | null;

  @Field(() => BigDecimalScalar, {
    description: 'Points of a hundred that it gave or took, as an exact decimal of six places.',
  })
  points: string;

  @Field(() => [ID], {
    description:
      'What says so: ids of events; `<provider>/<day>` of heartbeats and `<node>/<day>` of flags, days of unix time; the id of a task where its deadline does.',
  })
  evidence: readonly string[];

  @Field(() => ID, { nullable: true, description: 'The task it was about.' })
  taskId: string | null;
}

@ObjectType({ description: 'How many points one part of a score moved.', simpleResolvers: true })
export class ScorePartChange {
  @Field(() => ScoreComponentName, { description: 'Which.' })
  name: ComponentName;

  @Field(() => BigDecimalScalar, { description: 'The sum of its causes, as an exact decimal.' })
  points: string;
}

@ObjectType({
  description: 'Why a reputation is another one than it was: causes that add up to the difference exactly.',
  simpleResolvers: true,
})
export class ScoreExplanation {
  @Field(() => TimestampScalar, { description: 'As of when the earlier score is.' })
  from: Date;

  @Field(() => TimestampScalar, { description: 'As of when the later one is.' })
  to: Date;

  @Field(() => BigDecimalScalar, { nullable: true, description: 'The earlier score; null: there was none.' })
  before: string | null;

  @Field(() => BigDecimalScalar, { nullable: true, description: 'The later score; null: there is none.' })
  after: string | null;

  @Field(() => BigDecimalScalar, { nullable: true, description: '`after` less `before`; null where one of them is.' })
  points: string | null;

  @Field(() => [ScorePartChange], { description: 'By part; they add up to `points`.' })
  parts: readonly ScorePartChange[];

  @Field(() => Int, { description: 'How many causes there are in all; they add up to `points`.' })
  causeCount: number;
}

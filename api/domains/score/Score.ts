import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { ComponentName, EvidenceGrade } from '../../../schema/metrics/formulas/score/Score.js';
import { createEnum } from '../../list/createEnum.js';
import { BigDecimalScalar, JsonScalar, TimestampScalar } from '../../scalars.js';

export const ScoreEvidence = createEnum<EvidenceGrade>({
  name: 'ScoreEvidence',
  description: 'How much a score stands on, by the weight of the jobs that count; older ones count less.',
  values: {
    none: 'No job that counts.',
    thin: 'A weight below 20.',
    fair: 'A weight below 100.',
    strong: 'A weight of 100 or more.',
  },
});

export const ScoreComponentName = createEnum<ComponentName>({
  name: 'ScoreComponentName',
  description: 'What a score is made of.',
  values: {
    availability: 'How much of the last 30 days its machines were up.',
    jobSuccess: 'How many of its tasks it delivers.',
    promise: 'How many of them by their deadline.',
    integrity: 'Slashes, lost disputes, cloned keys, hardware that is not what it says.',
  },
});

@ObjectType({ description: 'One part of a score.', simpleResolvers: true })
export class ScorePart {
  @Field(() => ScoreComponentName, { description: 'Which.' })
  name: ComponentName;

  @Field(() => BigDecimalScalar, {
    nullable: true,
    description: 'A lower bound, from 0.01 to 1, as a decimal; null: the network does not record it.',
  })
  value: string | null;

  @Field(() => BigDecimalScalar, {
    nullable: true,
    description: 'Points of a hundred that it costs; those of all parts and the score add up to 100 exactly.',
  })
  pointsLost: string | null;
}

@ObjectType({
  description: 'Where a score stands among others: providers among providers, operators among operators.',
  simpleResolvers: true,
})
export class ScoreStanding {
  @Field(() => Float, {
    description: 'From 0 to 100: of its peers, the share that it stands above; those that stand with it count half.',
  })
  percentile: number;

  @Field(() => Int, {
    description: 'How many others of the network had a score at the same hour that stands on any evidence at all.',
  })
  peers: number;

  @Field(() => Int, { description: 'How many of them had a lower one.' })
  below: number;

  @Field(() => Int, { description: 'How many had the same.' })
  equal: number;
}

/** A year and a day of them. */
export const MAX_SCORES = 366;

@ObjectType({ description: 'A reputation as it stood at a moment, which anyone can compute again (docs/score.md).' })
export class Score {
  @Field(() => TimestampScalar, { description: 'All that was known before; the beginning of an hour.' })
  at: Date;

  @Field(() => BigDecimalScalar, {
    nullable: true,
    description: 'From 0 to 100, as a decimal; null where the network records nothing that it could be made of.',
  })
  score: string | null;

  @Field(() => [ScorePart], { description: 'What it is made of.' })
  parts: readonly ScorePart[];

  @Field(() => ScoreEvidence, { description: 'How much it stands on.' })
  evidence: EvidenceGrade;

  @Field(() => BigDecimalScalar, { description: 'Weight of the jobs that count, as a decimal.' })
  evidenceWeight: string;

  @Field(() => BigDecimalScalar, {
    nullable: true,
    description: 'As many buyers of equal weight would be as diverse; null without any.',
  })
  buyersEffective: string | null;

  @Field(() => BigDecimalScalar, {
    nullable: true,
    description:
      'Share of the weight of its successes that was left out, from 0 to 1, as a decimal: `score.removedShare`; null without any.',
  })
  removedShare: string | null;

  @Field(() => Int, { description: 'Raised whenever the same facts would give another score.' })
  methodVersion: number;

  @Field(() => JsonScalar, { description: 'Everything else that went into it, by name.' })
  detail: Readonly<Record<string, unknown>>;
}

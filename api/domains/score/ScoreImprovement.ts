import { Field, Int, ObjectType } from 'type-graphql';
import type { ImprovementKind } from '../../../schema/metrics/formulas/score/listImprovements.js';
import type { ComponentName } from '../../../schema/metrics/formulas/score/Score.js';
import { createEnum } from '../../list/createEnum.js';
import { BigDecimalScalar } from '../../scalars.js';
import { ScoreComponentName } from './Score.js';

export const ScoreImprovementKind = createEnum<ImprovementKind>({
  name: 'ScoreImprovementKind',
  description: 'What would raise a score.',
  values: {
    whole: 'That the part were without fault: no more than that can be had from it.',
    deliveries: '`count` more tasks of full weight, delivered in time.',
    streak: '`count` tasks of full weight in a row without a failure: then the streak of failures costs nothing.',
    evidence:
      'A weight of `count` more, before what is known fades: the next grade of evidence. It is no score by itself.',
    heartbeats: 'Heartbeats: without any its peers stand for it, the lower quartile of them.',
  },
});

@ObjectType({
  description:
    'Something that would raise a score, all else being as it is. It follows of the score’s own inputs alone.',
  simpleResolvers: true,
})
export class ScoreImprovement {
  @Field(() => ScoreImprovementKind, { description: 'What.' })
  kind: ImprovementKind;

  @Field(() => ScoreComponentName, { nullable: true, description: 'The part that it is about; null: of several.' })
  component: ComponentName | null;

  @Field(() => BigDecimalScalar, {
    nullable: true,
    description:
      'Points of a hundred that it would give, at most where another prior would then be the lower one; null: that cannot be said beforehand.',
  })
  points: string | null;

  @Field(() => Int, { nullable: true, description: 'Of `deliveries`, `streak` and `evidence`, how many; else null.' })
  count: number | null;
}

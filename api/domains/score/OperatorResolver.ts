import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Context } from '../../createContext.js';
import { assertFirst, assertRange } from '../../list/limits.js';
import { Provider } from '../provider/Provider.js';
import type { ProviderRow } from '../provider/providerQueries.js';
import { Operator, type OperatorLink, OperatorMember } from './Operator.js';
import type { MemberRow, OperatorRow } from './operatorQueries.js';
import { MAX_SCORES, Score } from './Score.js';
import type { ScoreRow } from './scoreQueries.js';

@Resolver(() => Operator)
export class OperatorResolver {
  @FieldResolver(() => [OperatorMember], { description: 'Who it is, by id.' })
  members(
    @Root() operator: OperatorRow,
    @Arg('first', () => Int, { defaultValue: 100, description: 'How many at most, from 1 to 1,000.' }) first: number,
    @Ctx() context: Context,
  ): Promise<readonly MemberRow[]> {
    assertFirst(first);
    return context.loaders.membersOfOperator.load({ parent: operator.id, first });
  }

  @FieldResolver(() => Score, {
    nullable: true,
    description:
      'The reputation of all their records together, at the last hour for which it was made; null before the first.',
  })
  async score(@Root() operator: OperatorRow, @Ctx() context: Context): Promise<ScoreRow | null> {
    const [latest] = await context.loaders.scoresOfOperator.load({ parent: operator.id, first: 1 });
    return latest ?? null;
  }

  @FieldResolver(() => [Score], {
    description: 'Its reputation at the end of each UTC day on which it was one, and at the last hour, newest first.',
  })
  scoreHistory(
    @Root() operator: OperatorRow,
    @Arg('first', () => Int, { defaultValue: 31, description: 'How many at most, from 1 to 366.' }) first: number,
    @Ctx() context: Context,
  ): Promise<readonly ScoreRow[]> {
    assertRange('first', first, { min: 1, max: MAX_SCORES });
    return context.loaders.scoresOfOperator.load({ parent: operator.id, first });
  }
}

@Resolver(() => OperatorMember)
export class OperatorMemberResolver {
  @FieldResolver(() => Provider, { description: 'The provider.' })
  provider(@Root() member: MemberRow, @Ctx() context: Context): Promise<ProviderRow | null> {
    return context.loaders.provider.load(member.providerId);
  }

  @FieldResolver()
  links(@Root() { links }: MemberRow): OperatorLink[] {
    return links.map(({ account, reason, from }) => ({ account, reason, since: new Date(from * 1_000) }));
  }
}

import { GraphQLError } from 'graphql';
import { Arg, Ctx, Field, FieldResolver, ID, Int, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { UserError } from '../../../schema/lib/errors.js';
import type { Context } from '../../createContext.js';
import { parseId } from '../../list/parseId.js';
import { Provider } from '../provider/Provider.js';
import type { ProviderRow } from '../provider/providerQueries.js';
import { ComparisonRow } from './Comparison.js';
import { loadSubjects } from './loadSubjects.js';
import type { Subject } from './Subject.js';
import { toComparison } from './toComparison.js';

const MAX_PROVIDERS = 4;

@ObjectType({ description: 'Providers side by side.', simpleResolvers: true })
export class Comparison {
  @Field(() => [ComparisonRow], { description: 'Every attribute, and every metric that there is of providers.' })
  rows: readonly ComparisonRow[];

  @Field(() => Int, { description: 'In how many rows known values differ.' })
  differing: number;

  providerRows: readonly ProviderRow[];
}

@Resolver(() => Comparison)
export class CompareResolver {
  @Query(() => Comparison, {
    description:
      'Up to four providers side by side, row by row, each with who is best and whether they differ at all (docs/questions.md).',
  })
  async compare(
    @Arg('ids', () => [ID], { description: 'Ids of from 1 to 4 providers, each once.' }) given: readonly string[],
    @Ctx() context: Context,
  ): Promise<Comparison> {
    const ids = given.map(parseId);
    const distinct = new Set(ids).size;
    if (ids.length < 1 || ids.length > MAX_PROVIDERS || distinct < ids.length) {
      const got = distinct < ids.length ? `${ids.length} of which some are the same` : ids.length;
      throw new UserError(
        `Expected ids of from 1 to ${MAX_PROVIDERS} different providers, got ${got}: name each once.`,
      );
    }
    const providers = await Promise.all(ids.map((id) => getProvider(context, id)));
    const rows = toComparison(await loadSubjects(context, providers));
    return { rows, differing: rows.filter(({ differ }) => differ === true).length, providerRows: providers };
  }

  @FieldResolver(() => [Provider], { description: 'In the order in which they were given.' })
  providers(@Root() { providerRows }: Comparison): readonly ProviderRow[] {
    return providerRows;
  }
}

async function getProvider({ loaders }: Context, id: string): Promise<Subject['provider']> {
  const found = await loaders.provider.load(id);
  // All of its columns are selected under the names of the fields.
  if (found) return found as Subject['provider'];
  throw new GraphQLError(
    `Expected ids of providers, got ${JSON.stringify(id.slice(0, 120))}, which nobody knows at that block: see \`providers { id }\`.`,
    { extensions: { code: 'PROVIDER_UNKNOWN', id: id.slice(0, 120) } },
  );
}

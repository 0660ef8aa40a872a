import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { SubjectKind } from '../../../schema/metrics/MetricDefinition.js';
import type { Context } from '../../createContext.js';
import { parseId } from '../../list/parseId.js';
import { Provider } from '../provider/Provider.js';
import { MetricSubjectKind } from './Metric.js';
import { MetricWindow } from './MetricWindow.js';
import { listWindows } from './windowQueries.js';

@Resolver(() => MetricWindow)
export class WindowResolver {
  @Query(() => [MetricWindow], {
    description: 'What heartbeats say of the last 1, 7, 30 and 90 days of a subject; empty where there are none.',
  })
  metricWindows(
    @Arg('subject', () => ID, { description: 'Whom or what it is about: see `MetricSubjectKind`.' }) subject: string,
    @Arg('kind', () => MetricSubjectKind, {
      nullable: true,
      description: 'Where a node and its provider have one id; otherwise the first kind that has it, nodes first.',
    })
    kind: SubjectKind | null,
    @Ctx() context: Context,
  ): Promise<readonly MetricWindow[]> {
    const kinds: readonly SubjectKind[] = kind ? [kind] : ['node', 'provider', 'network', 'hardware', 'region'];
    return listWindows(context.database, { kinds, id: parseId(subject) });
  }
}

@Resolver(() => Provider)
export class ProviderWindowResolver {
  @FieldResolver(() => MetricWindow, {
    nullable: true,
    description: 'What heartbeats say of its last 1, 7, 30 or 90 days, with bounds; null: there are none.',
  })
  async window(
    @Root() { id }: { readonly id: string },
    @Arg('days', () => Int, { defaultValue: 30, description: '1, 7, 30 or 90.' }) days: number,
    @Ctx() context: Context,
  ): Promise<MetricWindow | null> {
    const all = await context.loaders.windowsOfProvider.load(id);
    return all?.windows.find((window) => window.days === days) ?? null;
  }
}

import { Args, ArgsType, Ctx, Field, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { UserError } from '../../../schema/lib/errors.js';
import type { MetricDefinition, SubjectKind } from '../../../schema/metrics/MetricDefinition.js';
import type { Context } from '../../createContext.js';
import { assertText, parseId } from '../../list/parseId.js';
import { TimestampScalar } from '../../scalars.js';
import { getHardwareClass } from '../gpu/getHardwareClass.js';
import { findUnrecorded } from '../metric/findUnrecorded.js';
import { Network } from '../network/Network.js';
import type { NetworkRow } from '../network/networkQueries.js';
import { chooseMetrics, findObserver } from './chooseMetrics.js';
import { createMarketError } from './createMarketError.js';
import { type Interval, Market, MarketInterval, MarketSeries } from './Market.js';
import { listMarketPoints, listMarketSubjects, type MarketPointRow, type MarketSubject } from './marketQueries.js';
import { toMarketRange } from './marketRange.js';
import { toBounds } from './toBounds.js';

@ArgsType()
class MarketArgs {
  @Field(() => String, {
    nullable: true,
    description: 'Of machines of this class: a model of `gpuCatalogue`, by its id or as people write it, or `unknown`.',
  })
  hardware?: string | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      'Of each class of hardware that there are figures of, a series of its own; without `hardware` and `region`.',
  })
  everyHardware: boolean;

  @Field(() => String, {
    nullable: true,
    description:
      'Of machines of this region, in the network’s own words. Figures of a class within a region are not made.',
  })
  region?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this network alone.' })
  network?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Of each of these networks.' })
  networks?: readonly string[] | null;

  @Field(() => String, { nullable: true, description: 'Of each network of this protocol, such as `iexec`.' })
  protocol?: string | null;

  @Field(() => TimestampScalar, {
    nullable: true,
    description: 'Buckets that begin then or later; left out: 48 hours, 30 days, 26 weeks or 24 months before `to`.',
  })
  from?: Date | null;

  @Field(() => TimestampScalar, {
    nullable: true,
    description: 'Buckets that begin before; left out: up to the one that runs.',
  })
  to?: Date | null;

  @Field(() => MarketInterval, { defaultValue: 'day', description: 'How long the buckets are.' })
  interval: Interval;

  @Field(() => [ID], {
    nullable: true,
    description:
      'Figures of the catalogue by id, such as `jobs.success`; left out: all that there are of such a subject.',
  })
  metrics?: readonly string[] | null;
}

type SeriesOfNetwork = MarketSeries & { readonly networkId: string };

@Resolver(() => MarketSeries)
export class MarketResolver {
  @Query(() => Market, {
    description:
      'Figures of networks, of a class of hardware or of a region over time: every one of the catalogue that there is of such a subject, or those that are named. At most 10,000 points in all.',
  })
  async market(@Args(() => MarketArgs) args: MarketArgs, @Ctx() context: Context): Promise<Market> {
    const { interval } = args;
    const subject = toSubject(args);
    const range = toMarketRange({ from: args.from ?? null, to: args.to ?? null, interval }, context.now);
    const metrics = chooseMetrics({ ids: args.metrics ?? null, kind: subject.kind, interval });
    const networks = toNetworks(args);
    const protocol = args.protocol ? assertText(args.protocol) : null;
    const found = await listMarketSubjects(context.database, { ...subject, networks, protocol });
    assertKnown(found, networks, protocol);
    const subjects = subject.suffix === null ? found.filter(({ subjectKey }) => subjectKey !== null) : found;
    assertLength({ subjects: subjects.length, metrics: metrics.length, buckets: range.buckets });
    const points = await listMarketPoints(context.database, {
      ...{ interval, from: range.from, to: range.to },
      subjectKeys: subjects.flatMap(({ subjectKey }) => subjectKey ?? []),
      metrics: metrics.map((metric) => ({
        ...{ id: metric.id, isRatio: metric.value === 'ratio' },
        observedBy: findObserver(metric, subject.kind),
      })),
    });
    const series = toSeries({ subjects, metrics, points, kind: subject.kind });
    const isNamed = (args.metrics ?? null) !== null;
    return { from: range.from, to: range.to, interval, series: isNamed ? series : series.filter(hasPoints) };
  }

  @FieldResolver(() => Network, { description: 'The network whose market it is.' })
  network(@Root() { networkId }: SeriesOfNetwork, @Ctx() context: Context): Promise<NetworkRow | null> {
    return context.loaders.network.load(networkId);
  }
}

const hasPoints = ({ points }: MarketSeries) => points.length > 0;

/** A suffix of null: of each subject of the kind. */
function toSubject({ hardware, everyHardware, region }: MarketArgs): {
  readonly kind: SubjectKind;
  readonly suffix: string | null;
} {
  if (everyHardware && (hardware || region)) {
    throw new UserError('Expected `everyHardware` alone, got it with `hardware` or `region`: leave one of them out.');
  }
  if (hardware && region) {
    throw new UserError(
      'Expected `hardware` or `region`, got both: figures of a class of hardware within a region are not made, so ask for each.',
    );
  }
  if (everyHardware) return { kind: 'hardware', suffix: null };
  if (hardware) return { kind: 'hardware', suffix: `:gpu:${getHardwareClass(hardware)}` };
  if (region) return { kind: 'region', suffix: `:region:${assertText(region)}` };
  return { kind: 'network', suffix: '' };
}

/** Null: all of them. */
function toNetworks({ network, networks }: MarketArgs): readonly string[] | null {
  if (!network && !networks) return null;
  return [...new Set([...(network ? [network] : []), ...(networks ?? [])].map(parseId))];
}

function assertKnown(
  subjects: readonly MarketSubject[],
  networks: readonly string[] | null,
  protocol: string | null,
): void {
  if (protocol !== null && subjects.length === 0) {
    throw createMarketError(
      'NETWORK_UNKNOWN',
      `Expected a protocol that is indexed, got ${show(protocol)}: see \`networks\`.`,
    );
  }
  if (protocol !== null) return;
  const missing = networks?.find((id) => !subjects.some(({ networkId }) => networkId === id));
  if (missing === undefined) return;
  throw createMarketError(
    'NETWORK_UNKNOWN',
    `Expected a network that is indexed, got ${show(missing)}: see \`networks\`.`,
  );
}

function show(text: string): string {
  return JSON.stringify(text.slice(0, 80));
}

/** contracts.md, query budgets: as many as an answer may hold nodes. */
const MAX_POINTS = 10_000;

function assertLength(asked: { readonly subjects: number; readonly metrics: number; readonly buckets: number }): void {
  const { subjects, metrics, buckets } = asked;
  const points = subjects * metrics * buckets;
  if (points <= MAX_POINTS) return;
  throw createMarketError(
    'TOO_MANY_POINTS',
    `Expected at most ${MAX_POINTS} points, got up to ${points}, ${metrics} metrics of ${subjects} networks in ${buckets} buckets: name \`metrics\` or \`networks\`, or ask for a shorter time or a longer \`interval\`.`,
  );
}

function toSeries(made: {
  readonly subjects: readonly MarketSubject[];
  readonly metrics: readonly MetricDefinition[];
  readonly points: readonly MarketPointRow[];
  readonly kind: SubjectKind;
}): readonly SeriesOfNetwork[] {
  const { subjects, metrics, points, kind } = made;
  const bySeries = groupPoints(points);
  return subjects.flatMap(({ id, networkId, subjectKey, capabilities, asOfBlock, asOfTime }) =>
    metrics.map((metric) => {
      const own = bySeries.get(`${subjectKey} ${metric.id}`) ?? [];
      const reason = own.length > 0 ? null : findUnrecorded(metric, capabilities);
      return {
        ...{ metric, kind, subject: id, networkId, asOfBlock, asOfTime, reason, points: own.map(toPoint(metric)) },
        hardware: kind === 'hardware' ? id.slice(`${networkId}:gpu:`.length) : null,
      };
    }),
  );
}

function groupPoints(points: readonly MarketPointRow[]): ReadonlyMap<string, readonly MarketPointRow[]> {
  const groups = new Map<string, MarketPointRow[]>();
  for (const point of points) {
    const key = `${point.subjectKey} ${point.metric}`;
    const group = groups.get(key);
    if (group) group.push(point);
    else groups.set(key, [point]);
  }
  return groups;
}

/** Of what all is known, every payment has its worth. */
function toPoint(metric: MetricDefinition): (row: MarketPointRow) => MarketSeries['points'][number] {
  const isPriced = metric.unit === 'usd' && metric.id.startsWith('economy.');
  return ({ subjectKey: _, metric: __, coverage, ...row }) => ({
    ...row,
    ...toBounds(metric, row),
    coverage: coverage ?? (isPriced && row.samples > 0 ? '1' : null),
  });
}

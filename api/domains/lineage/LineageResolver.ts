import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { matchGpu } from '../../../schema/hardware/matchGpu.js';
import { UserError } from '../../../schema/lib/errors.js';
import { toEventId } from '../../../schema/lib/ids.js';
import { findMetric } from '../../../schema/metrics/catalogue.js';
import type { Grain, MetricDefinition, SubjectKind } from '../../../schema/metrics/MetricDefinition.js';
import type { Context } from '../../createContext.js';
import type { Database } from '../../database/createDatabase.js';
import { assertSameQuestion, parseCursor, refuseCursor, toCursor } from '../../list/cursor.js';
import { assertFirst } from '../../list/limits.js';
import { parseId } from '../../list/parseId.js';
import { TimestampScalar } from '../../scalars.js';
import { MetricGrain, MetricSubjectKind } from '../metric/Metric.js';
import { findSubject, listPoints, listScorePoints, type PointRow, type SubjectRow } from '../metric/metricQueries.js';
import { Lineage, LineageCount, type LineageFact, LineageFactConnection, LineageRecount } from './Lineage.js';
import type { LineageRule } from './LineageRule.js';
import {
  countLineage,
  findEvidence,
  type LineageCountRow,
  type LineageFactRow,
  type LineagePlace,
  type LineageQuestion,
  listLineage,
  listModels,
} from './lineageQueries.js';
import { findLineage } from './lineages.js';
import { listInputs } from './listInputs.js';
import { toNature } from './natures.js';
import { toRecount } from './toRecount.js';

@ArgsType()
class LineageArgs {
  @Field(() => ID, { description: 'A metric of the catalogue, such as `jobs.success`.' })
  metric: string;

  @Field(() => ID, { description: 'Whom or what it is about: see `MetricSubjectKind`.' })
  subject: string;

  @Field(() => MetricSubjectKind, {
    nullable: true,
    description: 'Where two subjects have one id; otherwise the first kind of the metric that has it.',
  })
  kind?: SubjectKind | null;

  @Field(() => TimestampScalar, { description: 'Any moment within the bucket, such as `from` of a point.' })
  bucket: Date;

  @Field(() => MetricGrain, { defaultValue: 'day', description: 'How long the bucket is: hour or day.' })
  grain: Grain;
}

/** What the fields beside look rows up by. */
type Asked = Lineage & {
  readonly question: LineageQuestion;
  readonly count: () => Promise<readonly LineageCountRow[]>;
};

@Resolver(() => Lineage)
export class LineageResolver {
  @Query(() => Lineage, {
    nullable: true,
    description:
      'What a bucket of a figure is made of: logs, transactions and readings, with their number by kind, and what they come to. As of now: what is stored is held against the facts as they stand. Null for a subject of which there are no figures.',
  })
  async lineage(@Args(() => LineageArgs) args: LineageArgs, @Ctx() { database }: Context): Promise<Asked | null> {
    const { metric, rule } = getRule(args);
    const grain = args.grain as 'hour' | 'day';
    const kinds = args.kind ? [args.kind] : metric.subjects;
    const subject = await findSubject(database, { kinds, id: parseId(args.subject) });
    if (!subject) return null;
    const range = toRange(args.bucket, grain);
    const [point, evidence, models] = await Promise.all([
      findPoint(database, { metric, grain, subjectKey: subject.subjectKey, ...range }),
      metric.store ? findEvidence(database, { subjectKey: subject.subjectKey, ...range }) : undefined,
      subject.kind === 'hardware' ? listModelsOf(database, subject) : null,
    ]);
    const question: LineageQuestion = {
      ...{ rule, kind: subject.kind, subjectKey: subject.subjectKey, metric: metric.id, grain },
      ...{ networkId: subject.networkId, narrow: toNarrow(subject), models },
      ...range,
    };
    let counts: Promise<readonly LineageCountRow[]> | undefined;
    return {
      ...{ metric, kind: subject.kind, subject: subject.id, grain, ...range, point },
      sources: metric.sources.map((table) => ({ table, nature: toNature(table) })),
      inputs: listInputs(rule, { subject, grain, ...range }),
      evidence: evidence ?? null,
      note: rule.note ?? null,
      question,
      count() {
        counts ??= countLineage(database, question);
        return counts;
      },
    };
  }

  @FieldResolver(() => [LineageCount], { description: 'How many rows there are of each kind.' })
  async counts(@Root() { count }: Asked): Promise<readonly LineageCount[]> {
    return (await count()).flatMap(({ source, kind, count: rows }) =>
      source === null || kind === null ? [] : [{ source, kind, count: rows }],
    );
  }

  @FieldResolver(() => LineageRecount, { description: 'The rows added up anew, beside what is stored.' })
  async recount(@Root() { count, question, point }: Asked): Promise<LineageRecount> {
    const total = (await count()).find(({ source }) => source === null);
    return toRecount({ total, question, point });
  }

  @FieldResolver(() => LineageFactConnection, { description: 'The rows, in the order of time.' })
  async facts(
    @Root() { question, metric, subject }: Asked,
    @Arg('first', () => Int, { defaultValue: 100, description: 'How many at most, from 1 to 1,000.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: '`endCursor` of the page before.' })
    after: string | null,
    @Ctx() { database }: Context,
  ): Promise<LineageFactConnection> {
    assertFirst(first);
    const name = ['lineage', metric.id, question.kind, subject, question.from.getTime(), question.to.getTime()].join(
      ' ',
    );
    const place = after ? parsePlace(after, name) : null;
    const rows = await listLineage(database, question, { after: place, limit: first + 1 });
    const page = rows.slice(0, first);
    const toPlaceCursor = (row: LineageFactRow | undefined) =>
      row ? toCursor({ values: [row.place, row.id], question: name, chains: {} }) : null;
    return {
      nodes: page.map(toFact),
      pageInfo: {
        ...{ hasNextPage: rows.length > first, hasPreviousPage: place !== null },
        ...{ startCursor: toPlaceCursor(page[0]), endCursor: toPlaceCursor(page.at(-1)) },
      },
    };
  }
}

function getRule({ metric: id, grain }: LineageArgs): {
  readonly metric: MetricDefinition;
  readonly rule: LineageRule;
} {
  const metric = findMetric(id);
  if (!metric) {
    throw new UserError(`Expected a metric of the catalogue, got ${JSON.stringify(id.slice(0, 80))}: see \`metrics\`.`);
  }
  const rule = findLineage(metric);
  if (grain !== 'window' && metric.grains.includes(grain) && rule) return { metric, rule };
  const grains = metric.grains.filter((one) => one !== 'window');
  throw new UserError(
    `Expected a grain of ${metric.id} that has buckets, got ${grain}: ${grains.length > 0 ? `it has ${grains.join(', ')}` : 'it is of windows alone, whose days are those of `reliability.uptime` and `reliability.outages`'}.`,
  );
}

const HOUR_MS = 3_600_000;
/** As far as buckets are numbered: int4 of days and of hours. */
const MAX_MS = 2 ** 31 * HOUR_MS - HOUR_MS;

function toRange(moment: Date, grain: 'hour' | 'day'): { readonly from: Date; readonly to: Date } {
  const length = grain === 'hour' ? HOUR_MS : 24 * HOUR_MS;
  const within = Math.max(0, Math.min(MAX_MS, moment.getTime()));
  const from = Math.floor(within / length) * length;
  return { from: new Date(from), to: new Date(from + length) };
}

async function findPoint(
  database: Database,
  asked: {
    readonly metric: MetricDefinition;
    readonly grain: 'hour' | 'day';
    readonly subjectKey: number;
    readonly from: Date;
    readonly to: Date;
  },
): Promise<PointRow | null> {
  const { metric, grain, ...at } = asked;
  const question = { ...at, last: 1 };
  const points = metric.store
    ? await listScorePoints(database, { ...question, store: metric.store })
    : await listPoints(database, { ...question, grain, metric: metric.id, isRatio: metric.value === 'ratio' });
  return points[0] ?? null;
}

/** The class of a subject is what the catalogue says today of what machines wrote, as the roller has it. */
async function listModelsOf(database: Database, { networkId, id }: SubjectRow): Promise<readonly string[]> {
  const wanted = id.slice(`${networkId}:gpu:`.length);
  const models = (await listModels(database, networkId)).filter(
    (model) => (matchGpu(model).model?.id ?? 'unknown') === wanted,
  );
  return wanted === 'unknown' ? ['', ...models] : models;
}

const prefixes: Readonly<Partial<Record<SubjectKind, string>>> = { buyer: ':', hardware: ':gpu:', region: ':region:' };

function toNarrow({ kind, id, networkId }: SubjectRow): string | null {
  if (kind === 'network') return null;
  const prefix = prefixes[kind];
  return prefix === undefined ? id : id.slice(networkId.length + prefix.length);
}

function parsePlace(after: string, name: string): LineagePlace {
  const cursor = parseCursor('after', after);
  assertSameQuestion('after', cursor, name);
  const [place, id] = cursor.values;
  if (!/^\d{1,16}$/.test(place ?? '') || !id) return refuseCursor('after');
  return { place: place ?? '', id };
}

function toFact({ chainId, logIndex, height, name, place: _, ...row }: LineageFactRow): LineageFact {
  const nature = toNature(row.source);
  const isSaid = chainId !== null && height !== null;
  return {
    ...row,
    chain: chainId === null ? null : String(chainId),
    height,
    nature: nature === 'reading' ? nature : isSaid ? 'fact' : 'derived',
    event: isSaid && logIndex !== null ? toEventId({ chainId, height, logIndex }) : null,
    eventName: name,
  };
}

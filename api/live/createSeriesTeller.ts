import { RetryableError } from '../../schema/lib/errors.js';
import type { Snapshot } from '../database/openSnapshot.js';
import type { MetricPoint } from '../domains/metric/MetricPoint.js';
import type { MetricSeries } from '../domains/metric/MetricSeries.js';
import { readSeries } from '../domains/metric/readSeries.js';
import { type Delivery, fail, type Group, type Member, type Message, toError } from './Hub.js';
import { createCursorError, type SeriesCursor, toLiveCursor } from './liveCursor.js';
import { listRolled, type RolledRow } from './seriesQueries.js';
import { toDigest } from './standing.js';
import type { SeriesTopic } from './toTopic.js';

export interface SeriesTeller {
  /** What is new of the figures that groups follow; once it is late, what is left is told by the next call. */
  tell(snapshot: Snapshot, groups: readonly Group[], isLate?: () => boolean): Promise<readonly Delivery[]>;
}

interface Known {
  readonly buckets: Buckets;
  readonly turn: string | undefined;
  readonly height: number | null;
}

/** Digests of the last buckets by where they begin, unix time in ms; oldest first. */
type Buckets = ReadonlyMap<number, string>;

/**
 * Remembers of each figure that is followed its last buckets, and reads them again after a turn of the roller of its network. What
 * differs is told.
 */
export function createSeriesTeller(): SeriesTeller {
  const known = new Map<string, Known>();

  async function tellTopic(snapshot: Snapshot, topic: SeriesTopic, groups: readonly Group[], rolled: Rolled) {
    const network = rolled.get(topic.subject.split(':', 1).join());
    const before = known.get(topic.key);
    const resuming = groups.flatMap(({ members }) => [...members].filter(({ resume }) => resume !== undefined));
    if (before && before.turn === network?.turn && resuming.length === 0) return [];
    const series = await read(snapshot, topic, { last: KEPT_BUCKETS });
    const buckets = toBuckets(series?.points ?? []);
    const height = series?.asOfBlock ?? null;
    const isBack = (before?.height ?? 0) > (height ?? 0);
    const deliveries: Delivery[] = [];
    for (const group of groups) {
      const inStep = [...group.members].filter(({ resume }) => resume === undefined);
      const from = before?.buckets ?? buckets;
      const message = toMessage(topic, { series, from, buckets, network, isBack });
      if (message) deliveries.push({ group, members: inStep, messages: [message], again: toCursor(from) });
    }
    for (const member of resuming) {
      const delivery = await resume(snapshot, topic, member, network);
      if (delivery) deliveries.push(delivery);
    }
    // Only now: what fails on the way is told by the next turn.
    known.delete(topic.key);
    known.set(topic.key, { buckets, turn: network?.turn, height });
    return deliveries;
  }

  async function tellOrWait(snapshot: Snapshot, groups: readonly Group[], rolled: Rolled) {
    const topic = groups[0]?.topic as SeriesTopic;
    // Each with an allowance of its own: there may be many.
    const own = snapshot.beside();
    try {
      return await tellTopic(own, topic, groups, rolled);
    } catch (thrown) {
      if (thrown instanceof RetryableError) return [];
      for (const { members } of groups) fail(members, toError(thrown));
      return [];
    } finally {
      own.release();
    }
  }

  return {
    async tell(snapshot, groups, isLate = () => false) {
      const byTopic = new Map<string, Group[]>();
      for (const group of groups) byTopic.set(group.topic.key, [...(byTopic.get(group.topic.key) ?? []), group]);
      for (const key of known.keys()) if (!byTopic.has(key)) known.delete(key);
      if (byTopic.size === 0) return [];
      const rolled = await listRolled(snapshot).catch(() => undefined);
      if (!rolled) return [];
      const ofNetwork: Rolled = new Map(rolled.map((row) => [row.network, row]));
      const deliveries: Delivery[] = [];
      // Those that were read longest ago come first, and before them those that never were.
      const unread = [...byTopic.keys()].filter((key) => !known.has(key));
      for (const key of [...unread, ...known.keys()]) {
        deliveries.push(...(await tellOrWait(snapshot, byTopic.get(key) ?? [], ofNetwork)));
        if (isLate()) break;
      }
      return deliveries;
    },
  };
}

type Rolled = ReadonlyMap<string, RolledRow>;

/** Late readings change the last hours, and a turn of the roller few more. */
const KEPT_BUCKETS = 24;
const MAX_POINTS = 1_000;

async function resume(
  snapshot: Snapshot,
  topic: SeriesTopic,
  member: Member,
  network: RolledRow | undefined,
): Promise<Delivery | undefined> {
  const cursor = member.resume;
  if (cursor?.kind !== 'series') throw new Error('Expected the cursor of a figure.');
  const [oldest] = cursor.buckets.keys();
  const asked = oldest === undefined ? { last: MAX_POINTS } : { last: MAX_POINTS, from: new Date(oldest) };
  const series = await read(snapshot, topic, asked);
  const [first] = series?.points ?? [];
  if (series?.points.length === MAX_POINTS && first && first.from.getTime() > (oldest ?? first.from.getTime())) {
    fail(
      [member],
      createCursorError(
        'CURSOR_TOO_OLD',
        `Expected a cursor at most ${MAX_POINTS} buckets old, got an older one: read \`metricSeries\` anew, and subscribe without \`after\`.`,
      ),
    );
    return undefined;
  }
  const buckets = toBuckets(series?.points ?? []);
  const message = toMessage(topic, { series, from: cursor.buckets, buckets, network, isBack: false });
  if (message) return { group: member.group, members: [member], messages: [message], again: cursor };
  member.resume = undefined;
  return undefined;
}

function read(
  snapshot: Snapshot,
  { metric, subject, subjectKind, grain }: SeriesTopic,
  asked: { readonly last: number; readonly from?: Date },
): Promise<MetricSeries | null> {
  return readSeries(snapshot, { metric, subject, kind: subjectKind, grain, ...asked });
}

/** Undefined: nothing differs. */
function toMessage(
  topic: SeriesTopic,
  told: {
    readonly series: MetricSeries | null;
    readonly from: Buckets;
    readonly buckets: Buckets;
    readonly network: RolledRow | undefined;
    readonly isBack: boolean;
  },
): Message | undefined {
  const { series, from, buckets, network, isBack } = told;
  if (!series) return undefined;
  const points = series.points.filter((point) => from.get(point.from.getTime()) !== buckets.get(point.from.getTime()));
  const [oldest] = buckets.keys();
  const isGone = [...from.keys()].some((begin) => begin >= (oldest ?? begin) && !buckets.has(begin));
  // What lay before the last ones that are known is not new.
  const [first] = from.keys();
  const fresh = points.filter((point) => first === undefined || point.from.getTime() >= first);
  if (fresh.length === 0 && !isGone) return undefined;
  const cursor = toLiveCursor(topic.key, toCursor(buckets));
  const block = network?.number == null ? null : network;
  return { cursor, block, retracted: isBack || isGone, series: { ...series, points: fresh } };
}

function toCursor(buckets: Buckets): SeriesCursor {
  return { kind: 'series', buckets: new Map([...buckets].slice(-KEPT_BUCKETS)) };
}

function toBuckets(points: readonly MetricPoint[]): Buckets {
  return new Map(points.map((point) => [point.from.getTime(), toPointDigest(point)]));
}

function toPointDigest({ value, numerator, denominator, samples, inProgress, reason }: MetricPoint): string {
  return toDigest([value, numerator, denominator, samples, inProgress, reason]);
}

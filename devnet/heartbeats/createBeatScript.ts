import { SLOTS_PER_DAY, SLOTS_PER_HOUR, toDay } from '../../schema/heartbeat/slots.js';
import { nodes, providers } from '../computeMarket/cast.js';
import {
  BACKFILL_MS,
  careOf,
  cares,
  clocks,
  clone,
  collectorOutage,
  fading,
  maintenance,
  type Outages,
  type Recurring,
} from './conducts.js';
import { createDice } from './createDice.js';
import { type DevnetOrigin, type Life, listLives } from './listLives.js';

/**
 * What becomes of the beat of a slot: `late` reaches us after the grace, `refused` has a time that we do not take, `silent`
 * is none. Slots are those of the node's own clock.
 */
export type Fate = 'up' | 'late' | 'refused' | 'silent';

/** Slots from one up to, not including, the other. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Notice extends Span {
  readonly provider: number;
  /** Unix s. */
  readonly announcedAt: number;
}

/**
 * Who beats when: a function of seed, node and slot alone, so that any stretch can be asked for by itself. Nodes and
 * providers are positions in the cast.
 */
export interface BeatScript {
  readonly origin: DevnetOrigin;
  /** Slots that lie wholly within the time in which the node is registered. */
  getLife(node: number): Span;
  getFate(node: number, slot: number): Fate;
  /** Bitmaps of an hour as `node_hour` has them. */
  getHour(node: number, hour: number): { readonly up: bigint; readonly late: bigint };
  /** How far the provider's clock is ahead in this slot, ms. */
  getAheadMs(provider: number, slot: number): number;
  /** How long the provider holds back what it sends for this slot, ms. */
  getHoldMs(provider: number, slot: number): number;
  /** From this slot on a second machine beats under the provider's key; Infinity: none does. */
  getCloneFrom(provider: number): number;
  /** Of the seconds of a slot those in which our collector was there: bit 0 is the first. */
  getAlive(slot: number): bigint;
  /** Maintenance that was announced from one time up to, not including, another, unix s. */
  listNotices(from: number, to: number): readonly Notice[];
}

interface FatefulSpan extends Span {
  readonly fate: Exclude<Fate, 'up'>;
}

export function createBeatScript(origin: DevnetOrigin): BeatScript {
  const lives = listLives(origin);
  const cloneFrom = toSlots(toTime(origin, clone.from));
  const downFrom = Math.floor(toTime(origin, collectorOutage.at) / 60) * 60 + collectorOutage.offsetS;
  const downTo = downFrom + collectorOutage.durationS;
  const byDay = createDayCache((node, day) => listSpans({ origin, node, day, life: getLifeOf(lives, node) }));

  function getLife(node: number): Span {
    const { from, until } = getLifeOf(lives, node);
    return { from: Math.ceil(from / 60), to: Math.floor(until / 60) };
  }

  return {
    origin,
    getLife,
    getFate(node, slot) {
      const { from, to } = getLife(node);
      if (slot < from || slot >= to) return 'silent';
      const met = byDay(node, Math.floor(slot / SLOTS_PER_DAY)).filter((span) => slot >= span.from && slot < span.to);
      return fates.find((fate) => met.some((span) => span.fate === fate)) ?? 'up';
    },
    getHour(node, hour) {
      const life = getLife(node);
      const bits = { silent: 0n, refused: 0n, late: 0n };
      for (const span of byDay(node, toDay(hour))) bits[span.fate] |= toBits(hour, span);
      const heard = toBits(hour, life) & ~bits.silent & ~bits.refused;
      return { up: heard & ~bits.late, late: heard & bits.late };
    },
    getAheadMs(provider, slot) {
      const clock = clocks[getName(provider)];
      return clock && listRecurring(clock, origin, { from: slot, to: slot + 1 }).length > 0 ? clock.aheadMs : 0;
    },
    getHoldMs(provider, slot) {
      const isHeld = getName(provider) === fading.provider && slot >= getLeaving(origin, provider);
      return isHeld ? BACKFILL_MS : 0;
    },
    getCloneFrom: (provider) => (getName(provider) === clone.provider ? cloneFrom : Number.POSITIVE_INFINITY),
    getAlive(slot) {
      if (slot * 60 >= downTo || slot * 60 + 60 <= downFrom) return fullMinute;
      const first = Math.min(60, Math.max(0, downFrom - slot * 60));
      const last = Math.min(60, Math.max(0, downTo - slot * 60));
      return fullMinute & ~(toRun(last) & ~toRun(first));
    },
    listNotices: (from, to) => listNotices(origin, { from, to }),
  };
}

/** The stronger first: a silent node has no clock. */
const fates = ['silent', 'refused', 'late'] as const;
const fullMinute = toRun(60);

/** So many ones from bit 0 on. */
function toRun(bits: number): bigint {
  return (1n << BigInt(bits)) - 1n;
}

function toBits(hour: number, { from, to }: Span): bigint {
  const first = Math.max(0, from - hour * SLOTS_PER_HOUR);
  const last = Math.min(SLOTS_PER_HOUR, to - hour * SLOTS_PER_HOUR);
  return first >= last ? 0n : toRun(last) & ~toRun(first);
}

/** Whoever goes through a history needs a day's spans for each of its hours, and then no more. */
function createDayCache(list: (node: number, day: number) => readonly FatefulSpan[]) {
  const known = new Map<number, { readonly day: number; readonly spans: readonly FatefulSpan[] }>();
  return (node: number, day: number): readonly FatefulSpan[] => {
    const found = known.get(node);
    if (found?.day === day) return found.spans;
    const spans = list(node, day);
    known.set(node, { day, spans });
    return spans;
  };
}

/** All that keeps a node from being up in a day. */
function listSpans(options: {
  readonly origin: DevnetOrigin;
  readonly node: number;
  readonly day: number;
  readonly life: Life;
}): readonly FatefulSpan[] {
  const { origin, node, day, life } = options;
  const whole = { from: day * SLOTS_PER_DAY, to: (day + 1) * SLOTS_PER_DAY };
  const provider = nodes[node]?.provider ?? -1;
  const name = getName(provider);
  const { outages } = cares[careOf[name] ?? 'usual'];
  // None lasts longer than a day, so that what begins on this day and on the one before is all there is.
  const broken = [day - 1, day].flatMap((begun) => [
    ...outages.flatMap((kind, index) => draw(origin.seed, [node, begun, index], kind)),
    ...(name === fading.provider ? fade(origin, { node, provider, day: begun }) : []),
  ]);
  const silent = [
    ...broken,
    ...life.away.map(([from, to]) => ({ from: toSlots(from), to: toSlots(to) })),
    ...listSilences(name, origin, whole),
  ];
  const clock = clocks[name];
  const skewed = clock ? listRecurring(clock, origin, whole) : [];
  const spans: readonly FatefulSpan[] = [
    ...silent.map((span) => ({ ...span, fate: 'silent' as const })),
    ...skewed.map((span) => ({ ...span, fate: (clock?.aheadMs ?? 0) > 0 ? ('refused' as const) : ('late' as const) })),
    ...listBackfilled(name, origin, provider),
  ];
  return spans.filter(({ from, to }) => from < whole.to && to > whole.from);
}

/** Outages that begin on a day: the time between two of them is exponential, the logarithm of their length uniform. */
function draw(seed: number, place: readonly number[], { perDay, minutes: [shortest, longest] }: Outages): Span[] {
  const [, day = 0] = place;
  const dice = createDice(seed, ...place);
  const spans: Span[] = [];
  for (let at = 0; ; ) {
    at -= (Math.log(1 - dice.next()) * SLOTS_PER_DAY) / perDay;
    if (at >= SLOTS_PER_DAY) return spans;
    const from = day * SLOTS_PER_DAY + Math.floor(at);
    spans.push({ from, to: from + Math.round(shortest * (longest / shortest) ** dice.next()) });
  }
}

/** Outages become more with each day from the moment the provider turns until it leaves. */
function fade(
  origin: DevnetOrigin,
  place: { readonly node: number; readonly provider: number; readonly day: number },
): Span[] {
  const { turnsAt = 1 } = providers[place.provider] ?? {};
  const turns = toSlots(toTime(origin, turnsAt));
  const leaves = getLeaving(origin, place.provider);
  const progress = (place.day * SLOTS_PER_DAY - turns) / (leaves - turns);
  if (progress < 0 || progress > 1) return [];
  const [fewest, most] = fading.perDay;
  const perDay = fewest + (most - fewest) * progress;
  return draw(origin.seed, [place.node, place.day, ofFading], { perDay, minutes: fading.minutes })
    .map(({ from, to }) => ({ from, to: Math.min(to, leaves) }))
    .filter(({ from, to }) => from < to);
}

/** Beside the few kinds of outages that everybody has. */
const ofFading = 9;

/** From the moment it has left the market until it is retired, the fading provider fills in what it did not do. */
function listBackfilled(name: string, origin: DevnetOrigin, provider: number): FatefulSpan[] {
  if (name !== fading.provider) return [];
  return [{ from: getLeaving(origin, provider), to: Number.POSITIVE_INFINITY, fate: 'late' }];
}

function getLeaving(origin: DevnetOrigin, provider: number): number {
  return toSlots(toTime(origin, providers[provider]?.leavesAt ?? 1));
}

/** Of a part of the history, unix s. */
function toTime({ startsAt, endsAt }: DevnetOrigin, part: number): number {
  return startsAt + part * (endsAt - startsAt);
}

function listSilences(name: string, origin: DevnetOrigin, within: Span): Span[] {
  const plan = maintenance[name];
  if (!plan) return [];
  const [first, last] = plan.silentMinutes;
  return listRecurring(plan, origin, within).map(({ from }) => ({ from: from + first, to: from + last }));
}

function listNotices(origin: DevnetOrigin, { from, to }: { readonly from: number; readonly to: number }): Notice[] {
  return providers.flatMap(({ name }, provider) => {
    const plan = maintenance[name];
    if (!plan) return [];
    const aheadS = plan.announcedHours * 3_600;
    const within = { from: toSlots(from + aheadS) - 1, to: toSlots(to + aheadS) + 1 };
    return listRecurring(plan, origin, within)
      .map((span) => ({ ...span, provider, announcedAt: span.from * 60 - aheadS }))
      .filter(({ announcedAt }) => announcedAt >= from && announcedAt < to);
  });
}

/** Those of the recurring stretches that meet `within`; they begin with full minutes. */
function listRecurring({ everyDays, fromEndHours, hours }: Recurring, { endsAt }: DevnetOrigin, within: Span): Span[] {
  const period = everyDays * SLOTS_PER_DAY;
  const length = hours * SLOTS_PER_HOUR;
  const anchor = toSlots(endsAt) + fromEndHours * SLOTS_PER_HOUR;
  const spans: Span[] = [];
  let from = anchor + Math.ceil((within.from - length + 1 - anchor) / period) * period;
  for (; from < within.to; from += period) spans.push({ from, to: from + length });
  return spans;
}

/** The slot that a time (unix s) lies in. */
function toSlots(at: number): number {
  return Math.floor(at / 60);
}

function getName(provider: number): string {
  return providers[provider]?.name ?? '';
}

function getLifeOf(lives: readonly Life[], node: number): Life {
  const life = lives[node];
  if (!life) throw new RangeError(`Expected a node of the cast, from 0 to ${lives.length - 1}; got ${node}.`);
  return life;
}

import { SLOTS_PER_HOUR, toBit, toHour } from '../../../schema/heartbeat/slots.js';

/** What one observer asked of the targets of one host in an hour. */
export interface HostHour {
  readonly host: string;
  readonly hour: number;
  readonly asked: bigint;
  readonly answered: bigint;
}

/** How many hosts that answered when they were last asked must fall silent together, and nobody answer meanwhile. */
export const LOST_HOSTS = 3;

/**
 * Minutes in which the observer itself was cut off, by hour. Between two answers of anybody lies a silence: it is ours where
 * at least three hosts that had answered before fell silent in it, and so are the minutes of these answers, in which some
 * were asked too late or too early. It is ours too as long as nobody ever answered. Pure: the same rows in any order are the
 * same minutes.
 *
 * `context` is the first hour, which is judged already; its verdict tells who was up before the others began. Without
 * one nobody has answered yet.
 */
export function findBlind(
  rows: readonly HostHour[],
  context: { readonly hour: number; readonly blind: bigint } | undefined,
): ReadonlyMap<number, bigint> {
  const blind = new Map<number, bigint>();
  const note = (slot: number) => blind.set(toHour(slot), (blind.get(toHour(slot)) ?? 0n) | toBit(slot));
  const up = new Set<string>();
  /** The silence that goes on: its minutes, from that of the answer before it on, and who fell silent. */
  let slots: number[] = [];
  let lost = new Set<string>();
  let isOurs = context === undefined;

  for (const { slot, silent, answered } of toMinutes(rows)) {
    if (slot < firstSlot(context)) {
      const isBlind = ((context?.blind ?? 0n) & toBit(slot)) !== 0n;
      isOurs = isBlind && answered.length === 0;
      if (!isBlind) for (const host of silent) up.delete(host);
      for (const host of answered) up.add(host);
      continue;
    }
    slots.push(slot);
    const fallen = silent.filter((host) => up.has(host) && !lost.has(host));
    if (answered.length === 0) {
      for (const host of fallen) lost.add(host);
      isOurs ||= lost.size >= LOST_HOSTS;
      continue;
    }
    // Who fell silent in a silence of ours is as up as he was before it; in any other he is down. The first answer of all
    // ends a silence only where somebody was asked before.
    if (isOurs && (context || slots.length > 1)) slots.forEach(note);
    if (!isOurs) for (const host of lost) up.delete(host);
    for (const host of answered) up.add(host);
    slots = [slot];
    lost = new Set(fallen);
    isOurs = false;
  }
  if (isOurs) slots.forEach(note);
  return blind;
}

/** Of what is to be judged. */
function firstSlot(context: { readonly hour: number } | undefined): number {
  return context ? (context.hour + 1) * SLOTS_PER_HOUR : 0;
}

interface Minute {
  readonly slot: number;
  /** Who was asked and said nothing. */
  readonly silent: readonly string[];
  readonly answered: readonly string[];
}

/** Those in which anybody was asked, in order. */
function toMinutes(rows: readonly HostHour[]): readonly Minute[] {
  const byHour = new Map<number, Map<string, { asked: bigint; answered: bigint }>>();
  for (const { host, hour, asked, answered } of rows) {
    const hosts = byHour.get(hour) ?? new Map<string, { asked: bigint; answered: bigint }>();
    const known = hosts.get(host) ?? { asked: 0n, answered: 0n };
    hosts.set(host, { asked: known.asked | asked, answered: known.answered | answered });
    byHour.set(hour, hosts);
  }
  const hours = [...byHour].sort(([one], [other]) => one - other);
  return hours.flatMap(([hour, hosts]) =>
    Array.from({ length: SLOTS_PER_HOUR }, (_, at) => toMinute(hour * SLOTS_PER_HOUR + at, hosts)).filter(
      ({ silent, answered }) => silent.length + answered.length > 0,
    ),
  );
}

function toMinute(slot: number, hosts: ReadonlyMap<string, { asked: bigint; answered: bigint }>): Minute {
  const bit = toBit(slot);
  const asked = [...hosts].filter(([, bits]) => (bits.asked & bit) !== 0n);
  const hasAnswered = (bits: { readonly answered: bigint }) => (bits.answered & bit) !== 0n;
  return {
    slot,
    silent: asked.filter(([, bits]) => !hasAnswered(bits)).map(([host]) => host),
    answered: asked.filter(([, bits]) => hasAnswered(bits)).map(([host]) => host),
  };
}

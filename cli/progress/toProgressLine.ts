import type { ChainProgress } from './ChainProgress.js';
import { isAtHead } from './ChainProgress.js';
import type { Pace } from './measurePace.js';

export interface ProgressState extends ChainProgress {
  readonly pace?: Pace | undefined;
}

/** A chain's progress in one line of at most `width` characters: what matters less goes first where room is short. */
export function toProgressLine(state: ProgressState, width: number): string {
  const parts = isAtHead(state) || state.phase === 'halted' ? toStandingParts(state) : toMovingParts(state);
  const kept = parts.filter(({ text }) => text !== '');
  while (kept.length > 1 && toText(kept).length > width) {
    const least = kept.reduce((lowest, part) => (part.weight < lowest.weight ? part : lowest));
    kept.splice(kept.indexOf(least), 1);
  }
  return toText(kept).slice(0, Math.max(0, width));
}

interface Part {
  readonly text: string;
  /** The lowest goes first. */
  readonly weight: number;
}

function toText(parts: readonly Part[]): string {
  return parts.map(({ text }) => text).join('  ');
}

function toStandingParts({ name, phase, height, events, requests }: ProgressState): readonly Part[] {
  return [
    { text: name, weight: 9 },
    { text: phase ?? 'live', weight: 8 },
    { text: height === undefined ? '' : `block ${count(height)}`, weight: 7 },
    { text: `${count(events)} new events`, weight: 3 },
    { text: requests > 0 ? `${count(requests)} requests` : '', weight: 1 },
  ];
}

function toMovingParts(state: ProgressState): readonly Part[] {
  const { name, phase, height, headHeight, requests, pace } = state;
  const share = toShare(state);
  if (height === undefined || headHeight === undefined || share === undefined) {
    return [
      { text: name, weight: 9 },
      { text: phase ?? 'starting', weight: 8 },
      { text: headHeight === undefined ? '' : `head ${count(headHeight)}`, weight: 2 },
    ];
  }
  return [
    { text: name, weight: 9 },
    { text: phase === undefined || phase === 'backfill' || phase === 'live' ? '' : phase, weight: 8 },
    { text: toBar(share), weight: 2 },
    { text: toPercent(share), weight: 7 },
    { text: `${count(height)}/${count(headHeight)}`, weight: 6 },
    { text: pace ? `${count(Math.round(pace.eventsPerSecond))} events/s` : '', weight: 4 },
    { text: requests > 0 ? `${count(requests)} requests` : '', weight: 1 },
    { text: pace?.secondsLeft === undefined ? '' : `${toDuration(pace.secondsLeft)} left`, weight: 5 },
  ];
}

/** From 0 to 1, of the blocks that can hold anything. */
export function toShare({ startHeight, height, headHeight }: ChainProgress): number | undefined {
  if (height === undefined || headHeight === undefined) return undefined;
  const all = headHeight - startHeight + 1;
  return all <= 0 ? 1 : Math.min(1, Math.max(0, (height - startHeight + 1) / all));
}

const BAR_CELLS = 20;

function toBar(share: number): string {
  const full = Math.floor(share * BAR_CELLS);
  return `[${'#'.repeat(full)}${'.'.repeat(BAR_CELLS - full)}]`;
}

/** Cut, not rounded: 100 % is the end and nothing before it. */
function toPercent(share: number): string {
  return `${(Math.floor(share * 1_000) / 10).toFixed(1)} %`;
}

/** "42 s", "3 min", "2 h 5 min", "4 d 3 h". */
export function toDuration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 120) return `${whole} s`;
  const minutes = Math.ceil(whole / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

function count(value: number): string {
  return value.toLocaleString('en');
}

import { type ChainProgress, isAtHead } from './progress/ChainProgress.js';
import { keepSamples, measurePace, type Sample } from './progress/measurePace.js';
import { type ProgressState, toProgressLine, toShare } from './progress/toProgressLine.js';
import type { Report } from './roles.js';

/** What a command shows while it works: lines that renew themselves on a terminal, a line now and then elsewhere. */
export interface Display {
  say(line: string): void;
  show(report: Report): void;
  /** Leaves what stands there and begins a new line. */
  end(): void;
}

export interface DisplayOptions {
  /** Elsewhere than on a terminal: sentences for people, or a JSON object a line for programs. */
  readonly elsewhere?: 'text' | 'json';
  readonly now?: () => number;
}

type Output = Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>;

const LINE_EVERY_MS = 5_000;
/** On a terminal; faster than that nobody reads. */
const DRAW_EVERY_MS = 100;

export function createDisplay(out: Output, options: DisplayOptions = {}): Display {
  const { elsewhere = 'text', now = () => performance.now() } = options;
  const chains = new Map<number, TrackedChain>();
  const block = createBlock(out);
  /** What each chain of the devnet that is not live yet is at. */
  const histories = new Map<string, string>();
  const listHistories = () => [...histories].map(([network, text]) => `${network} ${text}`).join(', ');
  let isFollowing = false;
  let shownAt = Number.NEGATIVE_INFINITY;

  function refresh(isUrgent: boolean): void {
    const states = [...chains.values()].map(({ state }) => state);
    if (out.isTTY) {
      if (!isUrgent && now() - shownAt < DRAW_EVERY_MS) return;
      shownAt = now();
      const width = (out.columns ?? 80) - 3;
      block.draw([...states.map((state) => toProgressLine(state, width)), listHistories()].filter(Boolean));
    } else if (isUrgent || now() - shownAt > LINE_EVERY_MS) {
      shownAt = now();
      if (elsewhere === 'json') for (const state of states) block.say(toJsonLine(state));
      else block.say(`  ${[...states.map(toSentence), listHistories()].filter(Boolean).join('; ')}`);
    }
  }

  function showChain(progress: ChainProgress): void {
    const before = chains.get(progress.chainId);
    const samples = keepSamples(before?.samples ?? [], progress, now());
    chains.set(progress.chainId, { samples, state: { ...progress, pace: measurePace(samples, progress) } });
    const isNewPhase = before?.state.phase !== progress.phase;
    const states = [...chains.values()].map(({ state }) => state);
    const isWhole = histories.size === 0 && states.every(isAtHead);
    if (!isFollowing || out.isTTY || elsewhere === 'json') refresh(isNewPhase && (out.isTTY || elsewhere === 'json'));
    if (isWhole && !isFollowing && elsewhere === 'text') block.say(toUpToDate(states));
    if (isWhole) isFollowing = true;
    else if (states.some(({ phase }) => phase === 'backfill')) isFollowing = false;
  }

  function sayMonitor(url: string): void {
    if (elsewhere === 'text') return;
    block.say(out.isTTY ? `Metrics and health at ${url}` : JSON.stringify({ kind: 'monitor', url }));
  }

  return {
    say: (line) => block.say(line),
    show(report) {
      if (report.kind === 'progress') showChain(report);
      if (report.kind === 'monitor') sayMonitor(report.url);
      if (report.kind === 'devnet') {
        if (report.phase === 'live') histories.delete(report.network);
        else histories.set(report.network, `${report.phase} ${toPercent(report.done, report.total)}`.trim());
        refresh(false);
      }
    },
    end: () => block.end(),
  };
}

interface TrackedChain {
  readonly samples: readonly Sample[];
  readonly state: ProgressState;
}

/** The last lines of a terminal, written over in place; whatever else is said stands above them. */
function createBlock(out: Output) {
  let drawn: readonly string[] = [];
  const erase = () => (drawn.length === 0 ? '' : `\r${'\u001b[A'.repeat(drawn.length - 1)}\u001b[J`);
  const toText = (lines: readonly string[]) => lines.map((line) => `  ${line}`).join('\n');
  return {
    draw(lines: readonly string[]) {
      out.write(erase() + toText(lines));
      drawn = lines;
    },
    say(line: string) {
      out.write(`${erase()}${line}\n${toText(drawn)}`);
    },
    end() {
      if (drawn.length > 0) out.write('\n');
      drawn = [];
    },
  };
}

function toSentence({ name, height, headHeight, events, pace, requests }: ProgressState): string {
  if (height === undefined || headHeight === undefined) return `${name}: nothing indexed yet`;
  const speed = pace && pace.eventsPerSecond >= 1 ? `, ${count(Math.round(pace.eventsPerSecond))} a second` : '';
  const asked = requests > 0 ? `, ${count(requests)} requests` : '';
  return `indexed block ${count(height)} of ${count(headHeight)}, ${count(events)} new events${speed}${asked}`;
}

function toUpToDate(states: readonly ProgressState[]): string {
  const blocks = states.map(({ name, height }) => `${states.length > 1 ? `${name} ` : ''}block ${count(height ?? 0)}`);
  const events = states.reduce((sum, state) => sum + state.events, 0);
  return `  up to date: ${blocks.join(', ')}, ${count(events)} new events; following live`;
}

function toJsonLine(state: ProgressState): string {
  const { chainId, name, phase, height, headHeight, events, requests, pace } = state;
  return JSON.stringify({
    kind: 'progress',
    chainId,
    name,
    phase,
    height,
    headHeight,
    share: toShare(state),
    events,
    requests,
    eventsPerSecond: pace && Math.round(pace.eventsPerSecond),
    secondsLeft: pace?.secondsLeft && Math.ceil(pace.secondsLeft),
  });
}

function toPercent(done: number, total: number): string {
  return total > 0 ? `${Math.floor((100 * done) / total)} %` : '';
}

function count(value: number): string {
  return value.toLocaleString('en');
}

import { type Beat, MAX_RTT_US } from '../../schema/heartbeat/parseBatch.js';
import type { SenderEvent } from '../../schema/heartbeat/SenderOptions.js';
import { slotStartMs } from '../../schema/heartbeat/slots.js';
import type { VerdictCode } from '../../schema/heartbeat/verdicts.js';
import { adviceOf } from './adviceOf.js';

/** Tells an operator in sentences what the sender does: each trouble once, and when it is over. */
export interface Teller {
  tell(event: SenderEvent): void;
  /** How it went since the last time. */
  status(waiting: number): void;
  /** Beats that were refused so far, or dropped. */
  lost(): number;
}

/** From so far on, a clock is told to be wrong. */
const CLOCK_MS = 2_000;
/** The same trouble is told again after so long. */
const AGAIN_MS = 10 * 60_000;

export function createTeller(options: {
  readonly nodes: readonly string[];
  readonly say: (line: string) => void;
  /** Milliseconds that only ever grow. */
  readonly now: () => number;
}): Teller {
  const { nodes, say, now } = options;
  const toldAt = new Map<string, number>();
  let counts = { up: 0, late: 0, lost: 0 };
  let lost = 0;
  let rttMs: number | undefined;
  let clockMs = 0;
  let outage: { readonly sinceMs: number } | undefined;

  function sayOnce(trouble: string, line: string): void {
    const before = toldAt.get(trouble);
    if (before !== undefined && now() - before < AGAIN_MS) return;
    toldAt.set(trouble, now());
    say(line);
  }

  function lose(beats: number): void {
    counts.lost += beats;
    lost += beats;
  }

  function judgeClock(offsetMs: number): void {
    clockMs = offsetMs;
    if (Math.abs(offsetMs) <= CLOCK_MS) return void toldAt.delete('clock');
    sayOnce(
      'clock',
      `This machine's clock is ${toClock(offsetMs)}. Beats of a clock that is more than 5 s ahead are refused, and so are those of one 2 minutes behind: let NTP set it.`,
    );
  }

  function end(): void {
    if (outage && toldAt.delete('outage'))
      say(`The gateway answers again, after ${Math.round((now() - outage.sinceMs) / 1_000)} s.`);
    outage = undefined;
  }

  function takeIn({ beats, answer, ...event }: Extract<SenderEvent, { kind: 'taken' }>): void {
    end();
    rttMs = event.rttMs;
    judgeClock(event.clockOffsetMs);
    counts.up += answer.written + answer.duplicate;
    counts.late += answer.late;
    lose(answer.refused);
    if (answer.code === 'SEQ_REGRESSION') sayOnce('clone', adviceOf('SEQ_REGRESSION'));
    const byCode = new Map<VerdictCode, Beat[]>();
    for (const { beat, code } of answer.refusals) {
      const one = beats[beat];
      if (one) byCode.set(code, [...(byCode.get(code) ?? []), one]);
    }
    for (const [code, refused] of byCode) {
      const verb = code === 'LATE' ? 'came late' : 'was refused';
      sayOnce(`beat ${code}`, `${toText(refused, nodes)} ${verb} (${code}): ${adviceOf(code)}`);
    }
  }

  return {
    lost: () => lost,
    tell(event) {
      if (event.kind === 'opened') {
        end();
        toldAt.delete('refused');
        judgeClock(event.clockOffsetMs);
        say(`Session ${event.delegation} is open until ${new Date(event.grant.validTo * 1_000).toISOString()}.`);
      }
      if (event.kind === 'taken') takeIn(event);
      if (event.kind === 'refused') {
        const advice = event.code ? ` ${adviceOf(event.code)}` : '';
        sayOnce(
          'refused',
          `The gateway opens no session (${event.code ?? 'no code'}): ${toSentence(event.message)}${advice}`,
        );
      }
      if (event.kind === 'dropped') {
        lose(event.beats.length);
        const { code, reason } = event;
        const because = code ? `(${code}): ${toSentence(reason)} ${adviceOf(code)}` : `: ${toSentence(reason)}`;
        sayOnce(`dropped ${code ?? reason}`, `${toText(event.beats, nodes)} was given up ${because}`);
      }
      if (event.kind === 'failed' && !toldAt.has('refused')) {
        outage ??= { sinceMs: now() };
        if (event.failures > 1)
          sayOnce(
            'outage',
            `The gateway does not take the beats now: ${toSentence(event.message)} They are sent again until they are two minutes old.`,
          );
      }
      if (event.kind === 'unsaved') {
        sayOnce(
          'unsaved',
          `The state could not be stored: ${toSentence(event.message)} Beats are sent, but a restart now may lose what waits.`,
        );
      }
    },
    status(waiting) {
      const { up, late, lost: gone } = counts;
      const trip = rttMs === undefined ? 'no answer yet' : `round trip ${Math.round(rttMs)} ms`;
      say(
        `Since the last status: ${up} beats taken, ${late} late, ${gone} refused or given up; waiting: ${waiting} batches; ${trip}; clock ${toClock(clockMs)}.`,
      );
      counts = { up: 0, late: 0, lost: 0 };
    },
  };
}

/** For the next beat. */
export function toRttUs(rttMs: number | undefined): number | undefined {
  const us = rttMs === undefined ? undefined : Math.round(rttMs * 1_000);
  return us !== undefined && us <= MAX_RTT_US ? us : undefined;
}

function toClock(offsetMs: number): string {
  const seconds = (Math.abs(offsetMs) / 1_000).toFixed(1);
  return `${seconds} s ${offsetMs > 0 ? 'behind' : 'ahead of'} the gateway's`;
}

function toText(beats: readonly Beat[], nodes: readonly string[]): string {
  const [first] = beats;
  const minute = new Date(slotStartMs(first?.slot ?? 0)).toISOString().slice(0, 16);
  const name = nodes[first?.node ?? 0] ?? 'a node that is no longer listed';
  const others = beats.length > 1 ? `, with ${beats.length - 1} more,` : '';
  return `The beat of ${name} for ${minute}Z${others}`;
}

function toSentence(text: string): string {
  const trimmed = text.trim();
  // A word, and no address.
  const first = /^[a-z]+[\s,]/.test(trimmed) ? trimmed.charAt(0).toUpperCase() + trimmed.slice(1) : trimmed;
  return /[.!?]$/.test(first) ? first : `${first}.`;
}

import type { ChainProgress } from './progress/ChainProgress.js';
import { createDisplay, type DisplayOptions } from './terminal.js';

const progress = (changes: Partial<ChainProgress> = {}) =>
  ({
    kind: 'progress',
    chainId: 7,
    name: 'Seven',
    phase: 'backfill',
    startHeight: 0,
    height: 50,
    headHeight: 99,
    events: 10,
    requests: 3,
    ...changes,
  }) as const;

function open(options: { readonly isTTY: boolean } & DisplayOptions) {
  const written: string[] = [];
  const clock = { ms: 0 };
  const out = {
    isTTY: options.isTTY,
    columns: 60,
    write: (text: string) => written.push(text) > 0,
  } as unknown as NodeJS.WriteStream;
  return { display: createDisplay(out, { ...options, now: () => clock.ms }), clock, text: () => written.join('') };
}

describe('display', () => {
  it('renews one line per chain in place on a terminal, and says the rest above them', () => {
    const { display, clock, text } = open({ isTTY: true });
    display.show(progress());
    display.show(progress({ chainId: 8, name: 'Eight', height: 0 }));
    display.say('something happened');
    clock.ms = 50;
    display.show(progress({ height: 98 }));
    clock.ms = 100;
    display.show(progress({ height: 99 }));
    const screen = toScreen(text());
    expect(screen).toEqual([
      'something happened',
      '  Seven  backfill  block 99  10 new events  3 requests',
      expect.stringMatching(/^ {2}Eight .*1\.0 % {2}0\/99/),
    ]);
    expect(Math.max(...screen.map((line) => line.length))).toBeLessThan(60);
  });

  it('writes a JSON line every five seconds elsewhere, and one at each change of phase', () => {
    const { display, clock, text } = open({ isTTY: false, elsewhere: 'json' });
    for (const second of [0, 1, 2, 3, 4, 5, 6]) {
      clock.ms = second * 1_000;
      display.show(progress({ height: 50 + second, events: 10 * second }));
    }
    display.show(progress({ phase: 'live', height: 99, events: 70 }));
    const lines = text()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map((line) => [line.height, line.phase])).toEqual([
      [50, 'backfill'],
      [56, 'backfill'],
      [99, 'live'],
    ]);
    expect(lines[1]).toEqual({
      kind: 'progress',
      chainId: 7,
      name: 'Seven',
      phase: 'backfill',
      height: 56,
      headHeight: 99,
      share: 0.57,
      events: 60,
      requests: 3,
      eventsPerSecond: 10,
      secondsLeft: 43,
    });
  });

  it('says once that all chains are up to date, and again after another backfill only', () => {
    const { display, text } = open({ isTTY: false });
    const said = () => text().match(/up to date: .*/g) ?? [];
    display.show({ kind: 'devnet', network: 'some-devnet', phase: 'replaying', done: 1, total: 2 });
    display.show(progress({ height: 99, phase: 'live' }));
    expect(said()).toEqual([]);
    display.show({ kind: 'devnet', network: 'some-devnet', phase: 'live', done: 2, total: 2 });
    display.show(progress({ height: 99, phase: 'live' }));
    display.show(progress({ height: 99, headHeight: 100, phase: 'live' }));
    display.show(progress({ height: 100, headHeight: 100, phase: 'live' }));
    expect(said()).toEqual(['up to date: block 99, 10 new events; following live']);
    display.show(progress({ height: 100, headHeight: 9_000, phase: 'backfill' }));
    display.show(progress({ height: 9_000, headHeight: 9_000, phase: 'live' }));
    expect(said()).toHaveLength(2);
  });
});

/** What a terminal shows after this text: carriage return, line feed, cursor up and erase to the end are all it uses. */
function toScreen(text: string): readonly string[] {
  const lines = [''];
  let row = 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal is steered by
  for (const [token] of text.matchAll(/\u001b\[A|\u001b\[J|\r|\n|[^\u001b\r\n]+/g)) {
    if (token === '\u001b[A') row -= 1;
    else if (token === '\u001b[J') lines.splice(row, lines.length, '');
    else if (token === '\n') {
      row += 1;
      lines[row] ??= '';
    } else if (token !== '\r') lines[row] += token;
  }
  return lines;
}

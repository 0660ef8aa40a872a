import type { SenderEvent } from '../../schema/heartbeat/SenderOptions.js';
import type { BatchAnswer } from '../../schema/heartbeat/verdicts.js';
import { createTeller, toRttUs } from './createTeller.js';

const nodes = ['marlin-arbitrum:0xab', 'marlin-arbitrum:0xcd'];
const SLOT = 29_000_000;
const beats = [0, 1].map((node) => ({ node, slot: SLOT, sentAt: SLOT * 60_000 }));

function createScene() {
  const lines: string[] = [];
  let time = 0;
  const teller = createTeller({ nodes, say: (line) => lines.push(line), now: () => time });
  const taken = (answer: Partial<BatchAnswer> = {}, clockOffsetMs = 0): SenderEvent => ({
    ...{ kind: 'taken', beats, rttMs: 34.4, clockOffsetMs },
    answer: {
      ...{ code: 'ACCEPTED', written: 2, duplicate: 0, late: 0, refused: 0, refusals: [] },
      ...{ beacon: '0x', serverTime: 0 },
      ...answer,
    },
  });
  return { teller, lines, taken, pass: (ms: number) => (time += ms) };
}

describe('createTeller', () => {
  it('is silent while all goes well, and counts for the status', () => {
    const { teller, lines, taken } = createScene();
    for (let at = 0; at < 10; at += 1) teller.tell(taken());
    expect(lines).toEqual([]);
    teller.status(1);
    expect(lines).toEqual([expect.stringMatching(/20 beats taken, 0 late, 0 refused .* 1 batch.*round trip 34 ms/)]);
    teller.status(0);
    expect(lines.at(-1)).toMatch(/: 0 beats taken/);
    expect(teller.lost()).toBe(0);
  });

  it('names the beats that were refused or late, and what to do, once in ten minutes', () => {
    const { teller, lines, taken, pass } = createScene();
    const mixed = {
      written: 0,
      late: 1,
      refused: 1,
      refusals: [
        { beat: 0, code: 'INELIGIBLE' },
        { beat: 1, code: 'LATE' },
      ],
    } as const;
    teller.tell(taken(mixed));
    pass(60_000);
    teller.tell(taken(mixed));
    expect(lines).toEqual([
      'The beat of marlin-arbitrum:0xab for 2025-02-19T21:20Z was refused (INELIGIBLE): The node is not registered for that whole minute; later ones count.',
      expect.stringMatching(/^The beat of marlin-arbitrum:0xcd .* came late \(LATE\): /),
    ]);
    expect(teller.lost()).toBe(2);
    pass(600_000);
    teller.tell(taken(mixed));
    expect(lines).toHaveLength(4);
  });

  it('tells of an outage when it begins and when it ends, and of none that the next attempt mends', () => {
    const { teller, lines, taken, pass } = createScene();
    const failed = (failures: number): SenderEvent => ({
      kind: 'failed',
      message: 'https://gateway.example: connect ECONNREFUSED',
      failures,
      waitMs: 30,
    });
    teller.tell(failed(1));
    teller.tell(taken());
    expect(lines).toEqual([]);
    for (let failures = 1; failures < 20; failures += 1) {
      teller.tell(failed(failures));
      pass(4_000);
    }
    expect(lines).toEqual([
      expect.stringMatching(
        /does not take the beats now: https:\/\/gateway\.example: connect ECONNREFUSED\. They are sent again/,
      ),
    ]);
    teller.tell(taken());
    expect(lines.at(-1)).toBe('The gateway answers again, after 76 s.');
  });

  it('tells how wrong the clock is, in either direction, and anew when it was right between', () => {
    const { teller, lines, taken } = createScene();
    for (const offset of [1_900, -1_900, 2_100, 2_200, 0, -6_000]) teller.tell(taken({}, offset));
    expect(lines).toEqual([expect.stringContaining('2.1 s behind'), expect.stringContaining('6.0 s ahead of')]);
  });

  it('tells why no session is opened, and that machines share a key', () => {
    const { teller, lines, taken } = createScene();
    teller.tell({ kind: 'refused', code: 'UNAUTHORISED', message: 'expected the account of the node, got 0x1' });
    teller.tell({ kind: 'failed', message: 'expected the account of the node, got 0x1', failures: 4, waitMs: 20_000 });
    expect(lines).toEqual([
      expect.stringMatching(/opens no session \(UNAUTHORISED\): Expected the account .* got 0x1\. Only the node's own/),
    ]);
    teller.tell(taken({ code: 'SEQ_REGRESSION' }));
    expect(lines.at(-1)).toMatch(/another machine seems to use the same state directory/);
  });
});

describe('toRttUs', () => {
  it('is in whole µs, and nothing where there was no answer or a protocol would refuse it', () => {
    expect([undefined, 0.0344, 34.4, 30_000, 30_001].map(toRttUs)).toEqual([
      undefined,
      34,
      34_400,
      30_000_000,
      undefined,
    ]);
  });
});

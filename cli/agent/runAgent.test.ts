import { parseEnvelope } from '../../schema/heartbeat/envelope.js';
import { judgeBeat } from '../../schema/heartbeat/judgeBeat.js';
import { type ParsedBeat, parseBatch } from '../../schema/heartbeat/parseBatch.js';
import type { SenderState } from '../../schema/heartbeat/SenderOptions.js';
import type { PostAnswer } from '../../schema/heartbeat/sendPolicy.js';
import { paths } from '../../schema/heartbeat/session.js';
import { toSlot } from '../../schema/heartbeat/slots.js';
import { createRandom } from '../../test/simulation/createRandom.js';
import { createVirtualClock, createVirtualRuntime, EPOCH_MS } from '../../test/simulation/createVirtualClock.js';
import type { Reading } from './parseNvidiaSmi.js';
import { type AgentOptions, runAgent } from './runAgent.js';

const MINUTE = 60_000;
const FIRST = toSlot(EPOCH_MS);
const beacon = `0x${'be'.repeat(32)}`;
const nodes = ['compute-market-devnet:a', 'compute-market-devnet:b'];

interface Received extends ParsedBeat {
  readonly at: number;
  readonly verdict: string;
}

/** An agent in virtual time before a gateway whose clock is right. */
function createScene(given: {
  readonly toSkewMs?: (nowMs: number) => number;
  readonly isOut?: (nowMs: number) => boolean;
  readonly read?: AgentOptions['read'];
  readonly statusMinutes?: number;
  readonly offsetMs?: number;
}) {
  const { toSkewMs, isOut = () => false, offsetMs = 20_000 } = given;
  const clock = createVirtualClock(createRandom(3, 'clock'));
  const runtime = createVirtualRuntime(clock, createRandom(3, 'chance'), { toSkewMs });
  const beats: Received[] = [];
  const lines: string[] = [];
  let stored: SenderState | undefined;

  function answer(path: string, headers: Readonly<Record<string, string>>, body: string): PostAnswer {
    const serverTime = EPOCH_MS + clock.now();
    const said = { code: 'ACCEPTED', beacon, serverTime };
    if (path === paths.sessions) {
      const opened = { delegation: `0x${'ab'.repeat(16)}`, counter: 0, offsets: nodes.map(() => offsetMs) };
      return { status: 200, headers: {}, body: JSON.stringify({ ...said, ...opened }) };
    }
    const parsed = parseEnvelope(headers);
    if ('flaw' in parsed) throw new Error(parsed.flaw.expected);
    const batch = parseBatch(body, { nodes: nodes.length, ...parsed.envelope });
    if ('flaw' in batch) throw new Error(batch.flaw.expected);
    const verdicts = batch.beats.map((beat) => judgeBeat({ ...beat, receivedAt: serverTime }));
    beats.push(...batch.beats.map((beat, at) => ({ ...beat, at: clock.now(), verdict: verdicts[at] ?? '' })));
    const written = verdicts.filter((verdict) => verdict === 'ACCEPTED').length;
    const refusals = verdicts.flatMap((code, beat) => (code === 'ACCEPTED' ? [] : [{ beat, code }]));
    const counts = { written, duplicate: 0, late: 0, refused: refusals.length, refusals };
    return { status: 200, headers: {}, body: JSON.stringify({ ...said, ...counts }) };
  }

  const http = {
    async post(path: string, headers: Readonly<Record<string, string>>, body: string) {
      await clock.sleep(20);
      if (isOut(clock.now())) throw new Error('connect ECONNREFUSED');
      return answer(path, headers, body);
    },
    findBeacon: async () => undefined,
    close: () => undefined,
  };
  const state = {
    ...{ path: 'memory', seed: Buffer.alloc(32, 7), close: () => undefined },
    read: () => stored,
    save: async (saved: SenderState) => {
      stored = JSON.parse(JSON.stringify(saved));
    },
  };
  const options: AgentOptions = {
    ...{ network: 'compute-market-devnet', anchor: { chainId: 1, verifyingContract: `0x${'22'.repeat(20)}` } },
    ...{ account: `0x${'11'.repeat(20)}`, nodes, gateway: new URL('http://gateway.example') },
    grant: { validFrom: 1, validTo: 2_000_000_000, signature: '0x12' },
    ...{ state, statusMinutes: given.statusMinutes ?? 0, once: false, read: given.read },
    ...{ say: (line: string) => lines.push(line), runtime, http },
  };

  async function run(minutes: number): Promise<void> {
    const stopping = new AbortController();
    clock.schedule(minutes * MINUTE, () => stopping.abort());
    await clock.run(runAgent(options, stopping.signal));
  }

  const accepted = () => beats.filter(({ verdict }) => verdict === 'ACCEPTED');
  const slotsOf = (node: number) => accepted().flatMap((beat) => (beat.node === node ? [beat.slot - FIRST] : []));
  return { run, beats, lines, accepted, slotsOf, clock };
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);

describe('runAgent', () => {
  it('beats once a minute for each node, at the offset and within a second of it', async () => {
    const { run, beats, slotsOf, lines } = createScene({});
    await run(60);
    for (const node of [0, 1]) expect(slotsOf(node)).toEqual(range(0, 60));
    for (const { sentAt } of beats) {
      expect(sentAt % MINUTE).toBeGreaterThanOrEqual(20_000);
      expect(sentAt % MINUTE).toBeLessThan(21_100);
    }
    expect(lines.filter((line) => !line.startsWith('Session'))).toEqual([]);
  });

  it('loses no minute in an outage of a minute, and none in a restart', async () => {
    const scene = createScene({ isOut: (nowMs) => nowMs > 5 * MINUTE + 19_000 && nowMs < 6 * MINUTE + 19_000 });
    await scene.run(12.4);
    await scene.run(12.4);
    expect(new Set(scene.slotsOf(0))).toEqual(new Set(range(0, 25)));
    expect(scene.lines).toContainEqual(expect.stringMatching(/The gateway answers again, after 6\d s/));
  });

  it('says no minute twice whatever happens to its clock, and all of them again once it is right', async () => {
    const random = createRandom(11, 'steps');
    for (let scenario = 0; scenario < 12; scenario += 1) {
      // Steps of up to two hours in either direction, as summer time set by hand and NTP make them; right at the end.
      const steps = range(1, 6).map((at) => ({
        at: at * 10 * MINUTE,
        skewMs: random.between(-120, 120) * MINUTE + random.between(-MINUTE, MINUTE),
      }));
      const toSkewMs = (nowMs: number) =>
        nowMs >= 60 * MINUTE ? 0 : (steps.findLast(({ at }) => nowMs >= at)?.skewMs ?? 0);
      const { run, slotsOf, accepted } = createScene({ toSkewMs });
      await run(80);
      const slots = slotsOf(0);
      expect(new Set(slots).size).toBe(slots.length);
      expect(slots.slice(0, 9)).toEqual(range(0, 9));
      expect(slots.slice(-17)).toEqual(range(63, 80));
      for (const { slot, sentAt } of accepted()) expect(toSlot(sentAt)).toBe(slot);
    }
  });

  it('sends hardware with the first beat and once an hour, and what could not be read in time it leaves out', async () => {
    const reading: Reading = { utilPermille: 870, hardware: { gpuModel: 'NVIDIA L4', gpuCount: 2, vramMb: 23_034 } };
    const { run, accepted, clock } = createScene({
      read: async () => {
        await clock.sleep(2_900);
        return reading;
      },
    });
    await run(125);
    const told = accepted().filter(({ node, hardware }) => node === 0 && hardware);
    expect(told.map(({ slot }) => slot - FIRST)).toEqual([0, 60, 120]);
    expect(accepted().every(({ utilPermille }) => utilPermille === 870)).toBe(true);
    expect(accepted()[4]?.rttUs).toBe(20_000);
  });

  it('beats as late in a minute as a gateway may ask, and in no other minute', async () => {
    const { run, slotsOf } = createScene({ offsetMs: 59_999, read: async () => ({ utilPermille: 1 }) });
    await run(10);
    expect(slotsOf(0)).toEqual(range(0, 10));
  });

  it('says how it goes every few minutes', async () => {
    const { run, lines } = createScene({ statusMinutes: 10 });
    await run(31);
    const statuses = lines.filter((line) => line.startsWith('Since the last status'));
    expect(statuses).toHaveLength(3);
    expect(statuses[1]).toMatch(
      /: 20 beats taken, 0 late, 0 refused or given up; waiting: 0 batches; round trip 20 ms/,
    );
  });
});

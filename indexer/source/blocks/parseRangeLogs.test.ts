import type { Hex } from '../../../schema/lib/hex.js';
import { MalformedAnswer } from '../verification/rpcCodec.js';
import { type AnswerFault, type AnswerFaultReason } from './AnswerFault.js';
import { parseRangeLogs } from './parseRangeLogs.js';

const word = (digits: string): Hex => `0x${digits.repeat(32)}`;
const hub: Hex = `0x${'aa'.repeat(20)}`;
const range = { from: 10, to: 12, filter: { addresses: [hub], topics: [[word('01')]] } };

function toAnswer(height: number, logIndex: number, change: Readonly<Record<string, unknown>> = {}) {
  const where = { blockNumber: `0x${height.toString(16)}`, blockHash: word(`b${height % 10}`) };
  const tx = { transactionHash: word(`c${height % 10}`), transactionIndex: '0x3' };
  const content = { address: hub, topics: [word('01'), word('02')], data: '0x0a' };
  return { ...where, ...tx, ...content, logIndex: `0x${logIndex.toString(16)}`, removed: false, ...change };
}

const timed = (height: number, logIndex: number) => toAnswer(height, logIndex, { blockTimestamp: '0x65' });
const honest = [toAnswer(10, 0), toAnswer(10, 4), toAnswer(12, 1)];
const expected = parseRangeLogs(honest, range).logs;

describe('parseRangeLogs', () => {
  it('reads what a node answers', () => {
    expect(expected.map(({ height, logIndex }) => [height, logIndex])).toEqual([
      [10, 0],
      [10, 4],
      [12, 1],
    ]);
    expect(expected[2]).toEqual({
      ...{ height: 12, blockHash: word('b2'), txHash: word('c2'), txIndex: 3, logIndex: 1 },
      ...{ address: hub, topics: [word('01'), word('02')], data: '0x0a' },
    });
    expect(parseRangeLogs([], range)).toMatchObject({ logs: [], oddities: [], count: 0 });
  });

  it('puts everything in lower case', () => {
    const upper = (hex: string) => `0x${hex.slice(2).toUpperCase()}`;
    const shouted = honest.map((log) => ({
      ...log,
      ...{ address: upper(log.address), blockHash: upper(log.blockHash), transactionHash: upper(log.transactionHash) },
      ...{ topics: log.topics.map(upper), data: '0x0A', blockNumber: upper(log.blockNumber) },
    }));
    expect(parseRangeLogs(shouted, range).logs).toEqual(expected);
  });

  it('gives times only where every log carries one', () => {
    const { times } = parseRangeLogs([timed(10, 0), timed(10, 1), timed(11, 0)], range);
    expect([...(times ?? [])]).toEqual([
      [10, { hash: word('b0'), time: new Date(101_000) }],
      [11, { hash: word('b1'), time: new Date(101_000) }],
    ]);
    expect(parseRangeLogs([timed(10, 0), toAnswer(11, 1)], range).times).toBeUndefined();
  });

  it.each([
    ['duplicate', [honest[0], honest[0], honest[1], honest[2]]],
    ['wrongOrder', [honest[0], honest[2], honest[1]]],
    ['removed', [...honest, toAnswer(11, 0, { removed: true, blockHash: word('ee') })]],
  ] as const)('fault 10: comes to the same logs, and says what it put right: %s', (oddity, answer) => {
    const parsed = parseRangeLogs(answer, range);
    expect(parsed.logs).toEqual(expected);
    expect(parsed.oddities).toEqual([oddity]);
  });

  it('fault 10: puts right a duplicate that comes much later', () => {
    const parsed = parseRangeLogs([...honest, honest[0]], range);
    expect(parsed.logs).toEqual(expected);
    expect(new Set(parsed.oddities)).toEqual(new Set(['wrongOrder', 'duplicate']));
  });

  it.each<[AnswerFaultReason, string, unknown]>([
    ['outsideRange', 'a log of a later block', toAnswer(13, 0)],
    ['outsideRange', 'a log of an earlier block', toAnswer(9, 0)],
    ['outsideFilter', 'a log of another contract', toAnswer(12, 2, { address: `0x${'ab'.repeat(20)}` })],
    ['outsideFilter', 'another event', toAnswer(12, 2, { topics: [word('03')] })],
    ['outsideFilter', 'a log without topics', toAnswer(12, 2, { topics: [] })],
    ['conflict', 'another log at the same place', toAnswer(12, 1, { data: '0x0b' })],
    ['inconsistent', 'another hash at the same height', toAnswer(12, 2, { blockHash: word('ee') })],
  ])('finds %s: %s', (reason, _, log) => {
    const thrown = catchFault(() => parseRangeLogs([...honest, log], range));
    expect(thrown).toMatchObject({ reason });
  });

  it('finds inconsistent: two times of one block', () => {
    const read = () => parseRangeLogs([timed(10, 0), toAnswer(10, 1, { blockTimestamp: '0x66' })], range);
    expect(catchFault(read)).toMatchObject({ reason: 'inconsistent' });
  });

  it.each([
    [{ blockNumber: 10 }, 'logs[3].blockNumber: expected a quantity'],
    [{ blockNumber: '10' }, 'logs[3].blockNumber: expected a quantity'],
    [{ blockNumber: '0x0a' }, 'logs[3].blockNumber: expected a quantity'],
    [{ logIndex: null }, 'logs[3].logIndex: expected a quantity'],
    [{ transactionIndex: '0x20000000000000' }, 'logs[3].transactionIndex: expected a quantity of at most 2^53 - 1'],
    [{ transactionHash: '0x12' }, 'logs[3].transactionHash: expected 32 bytes'],
    [{ address: word('aa') }, 'logs[3].address: expected 20 bytes'],
    [{ data: '0x0' }, 'logs[3].data: expected whole bytes in hex'],
    [{ data: '0x0g' }, 'logs[3].data: expected bytes in hex'],
    [{ topics: null }, 'logs[3].topics: expected a list of at most 4 entries'],
    [{ removed: 'true' }, 'logs[3].removed: expected true or false'],
    [{ blockTimestamp: 101 }, 'logs[3].blockTimestamp: expected a quantity'],
  ])('refuses %j, naming the place', (change, message) => {
    const read = () => parseRangeLogs([...honest, toAnswer(12, 5, change)], range);
    expect(read).toThrow(MalformedAnswer);
    expect(read).toThrow(message);
  });

  it('refuses what is no list', () => {
    expect(() => parseRangeLogs('[]', range)).toThrow('logs: expected a list');
  });
});

function catchFault(read: () => unknown): AnswerFault | undefined {
  try {
    read();
    return undefined;
  } catch (thrown) {
    return thrown as AnswerFault;
  }
}

import { type AbiEvent, keccak256, parseAbiItem, stringToHex, toEventSelector } from 'viem';
import { marlin } from '../../../schema/protocols/marlin.js';
import type { CanonicalEvent } from '../../events/CanonicalEvent.js';
import type { AdaptedLog, Arguments, DecodedLog } from '../../events/logs.js';
import { marlinAdapter } from './marlinAdapter.js';

const job = `0x${'AB'.repeat(32)}`;
const [owner, provider, other] = ['CD', 'EF', '12'].map((byte) => `0x${byte.repeat(20)}`);
const [jobId, ownerId, providerId] = [job, owner, provider].map((id) => String(id).toLowerCase());
const rateLock = keccak256(stringToHex('RATE_LOCK'));
const MAX = 2n ** 256n - 1n;

const [definition] = marlin.networks;
const market = '0x9d95D61eA056721E358BC49fE995caBF3B86A34B'.toLowerCase();

function decode(name: string, args: Arguments): DecodedLog {
  const log = { address: market, blockHash: '0xb1', height: 7 };
  return { name, args, role: 'market', log, network: { manifest: marlin, definition } } as DecodedLog;
}

function adapt(name: string, args: Arguments, reads: ReadonlyMap<string, unknown> = new Map()): AdaptedLog {
  const [adapted] = marlinAdapter.adapt([decode(name, args)], reads);
  if (!adapted) throw new Error('an adapter answers every log');
  return adapted;
}

function meaningOf(name: string, args: Arguments): readonly CanonicalEvent[] {
  return adapt(name, args).events;
}

const opening = { job, owner, provider, rate: 7n, balance: 900n, timestamp: 1n, metadata: '{"instance":"c6a.xlarge"}' };

describe('Marlin Oyster', () => {
  it('knows both forms of the events that carry metadata', () => {
    const topics = (marlin.events.market ?? []).map((signature) =>
      toEventSelector(parseAbiItem(signature) as AbiEvent),
    );
    // Source: topics of the deployed contracts and of those that the newest source makes.
    for (const known of ['0xcaf4e46d', '0x30871a81', '0xa24ecd73', '0x4551cad3']) {
      expect(topics.filter((topic) => topic.startsWith(known))).toHaveLength(1);
    }
  });

  it('lets no event of its own pass without a meaning or whom it speaks of', () => {
    const one = { ...opening, selector: rateLock, key: job, amount: 1n, from: other, to: owner, newRate: 1n };
    for (const signature of marlin.events.market ?? []) {
      const { name } = parseAbiItem(signature) as AbiEvent;
      const { events, subject } = adapt(name, { ...one, newToken: other, updatedLockTime: 300n, cp: '', newCp: '' });
      expect([name, events.length > 0 || subject !== undefined]).toEqual([name, true]);
    }
  });

  it('takes an operator for a provider as long as it is registered', () => {
    const uri = 'https://cp.example';
    const known = { kind: 'providerUpdated', provider: providerId };
    const registered = { ...known, attributes: { owner: providerId, uri, active: true } };
    expect(meaningOf('ProviderAdded', { provider, cp: uri })).toEqual([registered]);
    expect(meaningOf('ProviderUpdatedWithCp', { provider, newCp: uri })).toEqual([registered]);
    expect(meaningOf('ProviderRemoved', { provider })).toEqual([{ ...known, attributes: { active: false } }]);
  });

  it('opens a job as one running task with a price and a deposit', () => {
    expect(meaningOf('JobOpened', opening)).toEqual([
      {
        kind: 'jobCreated',
        job: jobId,
        provider: providerId,
        buyer: ownerId,
        tasks: [{ task: jobId, position: 0 }],
        price: { amount: 7n, providerAmount: 7n, unit: 'second', scale: 18 },
        attributes: { instance: 'c6a.xlarge' },
      },
      { kind: 'taskStarted', task: jobId },
      { kind: 'escrowChanged', change: 'deposited', account: ownerId, job: jobId, amount: 900n, delta: 900n },
    ]);
  });

  it('asks the market how fine its rates are, wherever a log names one', () => {
    const key = `extraDecimals:${market}:7`;
    const read = { key, address: market, args: [], blockHash: '0xb1', height: 7, immutable: true };
    for (const name of ['JobOpened', 'JobReviseRateFinalized']) {
      expect(marlinAdapter.toReads?.(decode(name, opening), new Map())).toMatchObject([read]);
    }
    expect(marlinAdapter.toReads?.(decode('JobSettled', { job }), new Map())).toEqual([]);
  });

  it.each([
    ['a market of 12 more than its token', 12n, 18],
    ['one of none', 0n, 6],
    ['a node that cannot tell', undefined, 18],
    ['another contract', 2n ** 200n, 18],
    ['no number', '12', 18],
  ])('has the decimals of %s', (_, answer, scale) => {
    const reads = new Map([[`extraDecimals:${market}:7`, answer]]);
    expect(adapt('JobOpened', opening, reads).events[0]).toMatchObject({ price: { scale } });
    expect(adapt('JobReviseRateFinalized', { job, newRate: 9n }, reads).events[0]).toMatchObject({ scale });
  });

  it('opens a job whatever its metadata, its rate and its balance are', () => {
    for (const metadata of ['', '0x', 'not JSON', '{', '\u0000', '['.repeat(100_000)]) {
      const [created] = meaningOf('JobOpened', { ...opening, metadata, rate: MAX, balance: MAX });
      expect(created).toMatchObject({ kind: 'jobCreated', price: { amount: MAX }, attributes: {} });
    }
    const kinds = meaningOf('JobOpened', { ...opening, balance: 0n }).map(({ kind }) => kind);
    expect(kinds).toEqual(['jobCreated', 'taskStarted']);
  });

  it('pays the provider of the job out of its escrow', () => {
    const paid = { kind: 'paid', task: jobId, provider: 'ofTask', role: 'provider' };
    expect(meaningOf('JobSettled', { job, amount: 5n, timestamp: 1n })).toEqual([
      { ...paid, amount: 5n },
      { kind: 'escrowChanged', change: 'spent', job: jobId, amount: 5n, delta: -5n },
    ]);
    expect(meaningOf('JobSettled', { job, amount: 0n, timestamp: 1n })).toEqual([{ ...paid, amount: 0n }]);
  });

  it('follows what comes into the escrow and goes back, and names an account only where the log says whose it is', () => {
    const change = { kind: 'escrowChanged', job: jobId, amount: 5n };
    expect(meaningOf('JobDeposited', { job, from: other, amount: 5n })).toEqual([
      { ...change, change: 'deposited', delta: 5n },
    ]);
    expect(meaningOf('JobWithdrew', { job, to: owner, amount: 5n })).toEqual([
      { ...change, change: 'withdrawn', account: ownerId, delta: -5n },
    ]);
    expect(adapt('JobDeposited', { job, from: other, amount: 0n })).toMatchObject({
      events: [],
      subject: { job: jobId },
    });
  });

  it('completes a job when it closes, and prices it anew when a revised rate takes effect', () => {
    expect(meaningOf('JobClosed', { job })).toEqual([{ kind: 'taskCompleted', task: jobId }]);
    expect(meaningOf('JobReviseRateFinalized', { job, newRate: 9n })).toEqual([
      { kind: 'priced', job: jobId, provider: 'ofTask', basis: 'settled', unit: 'second', amount: 9n, scale: 18 },
    ]);
  });

  it.each([
    ['JobReviseRateInitiated', { job, newRate: 0n }],
    ['JobReviseRateCancelled', { job }],
    ['JobMetadataUpdated', { job, metadata: '{' }],
    ['LockCreated', { selector: rateLock, key: job, iValue: 0n, unlockTime: 1n }],
    ['LockDeleted', { selector: rateLock, key: job, iValue: 0n }],
  ])("shows %s on the job's page without a meaning", (name, args) => {
    expect(adapt(name, args)).toMatchObject({ events: [], subject: { job: jobId } });
  });

  it('does not take the key of another lock for a job', () => {
    expect(adapt('LockCreated', { selector: job, key: job, iValue: 0n, unlockTime: 1n }).subject).toBeUndefined();
  });

  it('records the rules of the market', () => {
    const waits = { prevLockTime: 0n, updatedLockTime: 300n };
    expect(meaningOf('LockWaitTimeUpdated', { selector: rateLock, ...waits })).toEqual([
      { kind: 'parameterChanged', name: 'rateNoticeSeconds', value: '300' },
    ]);
    expect(meaningOf('LockWaitTimeUpdated', { selector: job, ...waits })).toEqual([
      { kind: 'parameterChanged', name: `lockSeconds:${jobId}`, value: '300' },
    ]);
    expect(meaningOf('TokenUpdated', { oldToken: other, newToken: owner })).toEqual([
      { kind: 'parameterChanged', name: 'token', value: ownerId },
    ]);
  });
});

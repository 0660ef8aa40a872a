import { describe, expect, it } from '@jest/globals';
import type { ChainRow } from './chainQueries.js';
import { findMostLagging, toLag, toStaleReason } from './freshness.js';

const now = new Date('2026-01-10T12:00:00Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1_000);
const clock = { now, staleAfterSeconds: 120 };

const chain = (row: Partial<ChainRow> = {}): ChainRow => ({
  id: 1,
  name: 'one',
  recorded: false,
  phase: 'live',
  phaseReason: null,
  height: 100,
  blockHash: Buffer.alloc(32),
  blockTime: ago(12),
  headNumber: 100,
  headAt: ago(12),
  finalizedNumber: null,
  safeNumber: null,
  reorgs: 0,
  deepestReorg: 0,
  seenAt: ago(1),
  checkedNumber: null,
  retractions: 0,
  ...row,
});

describe('toLag', () => {
  it('is what lies between cursor and head, never negative', () => {
    expect(toLag(chain())).toEqual({ blocks: 0, seconds: 0 });
    expect(toLag(chain({ height: 95, blockTime: ago(72.9) }))).toEqual({ blocks: 5, seconds: 60 });
    expect(toLag(chain({ headNumber: 90, headAt: ago(60) }))).toEqual({ blocks: 0, seconds: 0 });
  });

  it('is null where there is no head to be behind', () => {
    expect(toLag(chain({ recorded: true }))).toBeNull();
    expect(toLag(chain({ height: null }))).toBeNull();
    expect(toLag(chain({ headNumber: null }))).toBeNull();
  });
});

describe('toStaleReason', () => {
  it('allows silence up to the limit', () => {
    expect(toStaleReason(chain({ seenAt: ago(120) }), clock)).toBeNull();
    expect(toStaleReason(chain({ seenAt: ago(121) }), clock)).toBe(
      'its source last answered 121 s ago, more than 120 s',
    );
    expect(toStaleReason(chain({ seenAt: null }), clock)).toBe('its source has not answered yet');
  });

  it('takes a halted chain for stale however recently its source answered', () => {
    expect(toStaleReason(chain({ phase: 'halted', phaseReason: 'wrong chain id' }), clock)).toBe(
      'halted: wrong chain id',
    );
  });

  it.each(['waiting', 'live'])('sees in phase %s that facts are not written although the source answers', (phase) => {
    expect(toStaleReason(chain({ phase, blockTime: ago(132) }), clock)).toBeNull();
    expect(toStaleReason(chain({ phase, blockTime: ago(133) }), clock)).toBe(
      'what is written lies 121 s behind the head',
    );
  });

  it.each(['waiting', 'live'])('sees in phase %s that the head stands still', (phase) => {
    expect(toStaleReason(chain({ phase, blockTime: ago(120), headAt: ago(120) }), clock)).toBeNull();
    expect(toStaleReason(chain({ phase, blockTime: ago(121), headAt: ago(121) }), clock)).toBe(
      'its head has stood still for 121 s',
    );
  });

  it('lets a chain on its way through the past be behind, not silent', () => {
    const behind = { phase: 'backfill', blockTime: ago(9_000_000) };
    expect(toStaleReason(chain(behind), clock)).toBeNull();
    expect(toStaleReason(chain({ ...behind, height: null, blockTime: null }), clock)).toBeNull();
    expect(toStaleReason(chain({ ...behind, seenAt: ago(121) }), clock)).toMatch(/^its source last answered/);
  });

  it('never takes a recorded chain for stale', () => {
    expect(toStaleReason(chain({ recorded: true, phase: 'halted', seenAt: null }), clock)).toBeNull();
  });
});

describe('findMostLagging', () => {
  const current = chain({ id: 1 });
  const behind = chain({ id: 2, blockTime: ago(100) });
  const headless = chain({ id: 3, headNumber: null });
  const silent = chain({ id: 4, seenAt: ago(999) });
  const recorded = chain({ id: 5, recorded: true });

  it('prefers stale, then unknown, then the longer lag, and a recorded chain only where there is no other', () => {
    const order = [silent, headless, behind, current, recorded];
    for (let from = 0; from < order.length; from++) {
      expect(findMostLagging(order.slice(from).reverse(), clock)?.id).toBe(order[from]?.id);
    }
  });

  it('settles ties by id and is null without chains', () => {
    expect(findMostLagging([chain({ id: 9 }), chain({ id: 8 })], clock)?.id).toBe(8);
    expect(findMostLagging([], clock)).toBeNull();
  });
});

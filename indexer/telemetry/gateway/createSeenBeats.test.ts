import { createSeenBeats } from './createSeenBeats.js';

describe('createSeenBeats', () => {
  it('tells the same from another, by node and slot', () => {
    const seen = createSeenBeats();
    expect(seen.mark(1, 100, 5n)).toBe('new');
    expect(seen.mark(1, 100, 5n)).toBe('same');
    expect(seen.mark(1, 100, -6n)).toBe('other');
    expect(seen.mark(1, 100, 5n)).toBe('same');
    expect(seen.mark(1, 101, 5n)).toBe('new');
    expect(seen.mark(1_025, 100, 5n)).toBe('new');
  });

  it('knows a digest of nothing but zeros', () => {
    const seen = createSeenBeats();
    expect(seen.mark(7, 100, 0n)).toBe('new');
    expect(seen.mark(7, 100, 0n)).toBe('same');
  });

  it('forgets slots that are gone', () => {
    const seen = createSeenBeats();
    seen.mark(1, 100, 5n);
    seen.mark(1, 101, 5n);
    seen.prune(101);
    expect(seen.mark(1, 100, 6n)).toBe('new');
    expect(seen.mark(1, 101, 5n)).toBe('same');
  });
});

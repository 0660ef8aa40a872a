import fc from 'fast-check';
import {
  exceedsMaintenance,
  exceedsNotices,
  isCovered,
  MAINTENANCE_WINDOW_SLOTS,
  MAX_MAINTENANCE_SLOTS,
  MAX_NOTICES,
  type SlotSpan,
} from './exceedsMaintenance.js';

const span = (from: number, minutes: number): SlotSpan => ({ from, to: from + minutes });
const month = MAINTENANCE_WINDOW_SLOTS;

describe('exceedsMaintenance', () => {
  it.each([
    ['eight hours at once', [span(1_000, 480)], false],
    ['a minute more', [span(1_000, 481)], true],
    ['eight hours in two parts', [span(1_000, 240), span(9_000, 240)], false],
    ['a minute more in two parts', [span(1_000, 240), span(9_000, 241)], true],
    ['the same eight hours twice', [span(1_000, 480), span(1_000, 480)], false],
    ['eight hours that overlap by half', [span(1_000, 480), span(1_240, 480)], true],
    ['eight hours a month, thirty days apart', [span(1_000, 480), span(1_000 + month, 480)], false],
    ['a minute too close', [span(1_000, 480), span(999 + month, 480)], true],
    ['nothing', [], false],
  ])('judges %s', (_, spans, exceeds) => {
    expect(exceedsMaintenance(spans)).toBe(exceeds);
  });

  it('agrees with a count of every window', () => {
    const spans = fc.array(
      fc.record({ from: fc.integer({ min: 0, max: 1_500 }), minutes: fc.integer({ min: 1, max: 300 }) }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(spans, (given) => {
        // Days of thirty slots, so that a window can be slid by one.
        const scaled = given.map(({ from, minutes }) => span(from * 30, minutes));
        expect(exceedsMaintenance(scaled)).toBe(countsOver(scaled));
      }),
      { numRuns: 50 },
    );
  });
});

function countsOver(spans: readonly SlotSpan[]): boolean {
  const last = Math.max(0, ...spans.map(({ to }) => to));
  const down = new Uint8Array(last + 1);
  for (const { from, to } of spans) down.fill(1, from, to);
  let sum = 0;
  for (let slot = 0; slot <= last; slot += 1) {
    sum += (down[slot] ?? 0) - (slot >= month ? (down[slot - month] ?? 0) : 0);
    if (sum > MAX_MAINTENANCE_SLOTS) return true;
  }
  return false;
}

describe('exceedsNotices', () => {
  const notices = (count: number, apart: number) => Array.from({ length: count }, (_, index) => span(index * apart, 1));

  it('judges how many thirty days touch', () => {
    expect(exceedsNotices(notices(MAX_NOTICES, 2))).toBe(false);
    expect(exceedsNotices(notices(MAX_NOTICES + 1, 2))).toBe(true);
    expect(exceedsNotices(notices(MAX_NOTICES + 1, month / MAX_NOTICES - 1))).toBe(true);
    expect(exceedsNotices(notices(MAX_NOTICES + 1, month / MAX_NOTICES))).toBe(false);
  });
});

describe('isCovered', () => {
  it.each([
    ['itself', [span(100, 60)], true],
    ['a longer one', [span(90, 90)], true],
    ['two that meet', [span(90, 40), span(130, 40)], true],
    ['two with a minute between', [span(90, 40), span(131, 40)], false],
    ['one that ends early', [span(90, 69)], false],
    ['nothing', [], false],
  ])('judges %s', (_, by, covered) => {
    expect(isCovered(span(100, 60), by)).toBe(covered);
  });
});

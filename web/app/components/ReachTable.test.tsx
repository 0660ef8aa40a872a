import { renderToStaticMarkup } from 'react-dom/server';
import { type ReachRow, ReachTable } from './ReachTable.js';

const row: ReachRow = {
  ...{ probe: 'http', targets: 1, targetsReached: 1, asked: '864', known: '860', reached: '859', days: 3, ofDays: 30 },
  ...{ reachedShare: 859 / 860, coverage: 860 / 864, lastReached: '2026-03-10T14:00:00.000Z' },
  ...{ latencyMeanUs: 41_000, latencyMaxUs: 90_000 },
};
const render = (more: Partial<ReachRow> = {}) => renderToStaticMarkup(<ReachTable rows={[{ ...row, ...more }]} />);

describe('reachability', () => {
  it('stands with how much of the time is behind it', () => {
    const html = render();
    expect(html).toMatch(/title="859 of 860 times"><span>99\.88 %<\/span> <span class="age">3 of 30 days/);
    expect(html).toContain('</span> Reached</span>');
    expect(html).toContain('41 ms');
  });

  it('is said in words: not reached, not known, and of several how many', () => {
    expect(render({ targetsReached: 0 })).toContain('</span> Not reached</span>');
    expect(render({ targetsReached: null })).toContain('</span> Not known</span>');
    expect(render({ targets: 4, targetsReached: 3 })).toContain('3 of 4 endpoints');
  });

  it('has no number where nothing is known', () => {
    const nothing = { known: '0', reached: '0', reachedShare: null, lastReached: null, latencyMeanUs: null, days: 0 };
    const html = render({ ...nothing, targetsReached: null });
    for (const words of ['Nothing is known yet', 'Not once in 30 days', 'No answer in 24 hours']) {
      expect(html).toContain(words);
    }
    expect(html).not.toContain('of 30 days</span>');
  });
});

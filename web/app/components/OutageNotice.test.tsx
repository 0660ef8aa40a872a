import { renderToStaticMarkup } from 'react-dom/server';
import { type Outage, OutageNotice } from './OutageNotice.js';

const render = (down: boolean | null, ...outages: readonly Outage[]) =>
  renderToStaticMarkup(<OutageNotice status={{ down, outages, unheard: [] }} />).replace(/<[^>]*>/g, '');

const at = (time: string) => `2026-03-${time}:00.000Z`;
const short = { from: at('10T05:00'), to: at('10T05:12'), minutes: 12 };
const overnight = { from: at('09T23:50'), to: at('10T00:10'), minutes: 20 };
const open = { from: at('10T06:00'), to: null, minutes: 1 };

describe('the notice of our own outages', () => {
  it('says nothing where there were none', () => {
    expect(render(false)).toBe('');
    expect(render(null)).toBe('');
  });

  it('names networks of which next to nobody is heard now', () => {
    const status = { down: false, outages: [], unheard: ['marlin-arbitrum', 'livepeer-arbitrum'] };
    expect(renderToStaticMarkup(<OutageNotice status={status} />)).toMatch(
      /fewer than half of the usual nodes of marlin-arbitrum, livepeer-arbitrum<.*nobody is called silent/,
    );
  });

  it.each([
    ['one', [short], 'was down from 2026-03-10 05:00 to 05:12 UTC: these'],
    ['one over midnight', [overnight], 'was down from 2026-03-09 23:50 to 2026-03-10 00:10 UTC: these'],
    ['two', [overnight, short], 'was down 2 times in the last day, 32 minutes in all, last from 2026-03-10 05:00 to'],
    [
      'one that goes on',
      [open],
      'has been down since 2026-03-10 06:00 UTC: these minutes count as unknown, for nobody. Who',
    ],
    [
      'another one',
      [short, open],
      'since 2026-03-10 06:00 UTC, after 1 more in the last day (13 minutes in all): these',
    ],
  ])('names %s', (_, outages, text) => {
    expect(render(outages.at(-1)?.to === null, ...outages)).toContain(text);
  });
});

import { key } from '../i18n/text.js';

/** What a price is: asked, offered, or agreed on. */
export const priceBases: Readonly<Record<string, string>> = {
  advertised: key('Advertised'),
  bid: key('Bid by a buyer'),
  settled: key('Settled'),
};

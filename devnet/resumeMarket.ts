import { UserError } from '../schema/lib/errors.js';
import type { Restored } from './restore.js';
import type { Simulation } from './Simulation.js';
import type { Store } from './store.js';

/** The market after the chain's latest block: as stored, and advanced by the block the process did not live to see. */
export function resumeMarket<Market extends Simulation>(
  store: Store,
  { lines }: Restored,
  create: (state: unknown) => Market,
): Market {
  const stored = store.findMarket();
  if (!stored) throw new UserError(`Expected market.json in ${store.folder}, found none: start with --reset.`);
  const market = create(stored.state);
  for (const { height, timestamp } of lines) {
    if (height <= stored.height) continue;
    if (!market.state.live) market.goLive(timestamp);
    market.advance(timestamp);
  }
  return market;
}

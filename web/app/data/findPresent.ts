import type { AppLoadContext } from '@remix-run/node';
import { isNow, parseMoment } from '../moment.js';
import { readPosition } from './readPosition.js';

/** The time that ranges of a page count back from: that of the moment in its address, else now. */
export async function findPresent(context: AppLoadContext): Promise<Date> {
  const moment = parseMoment(context.search);
  // What names no moment is refused by the first question that is asked.
  if (!moment || isNow(moment)) return new Date();
  if (moment.block && 'timestamp' in moment.block) return new Date(moment.block.timestamp);
  const { chains } = await readPosition(context);
  const times = chains
    .filter(({ id }) => moment.chain === null || id === moment.chain)
    .flatMap(({ block, recorded }) => (block && !recorded ? [Date.parse(block.timestamp)] : []));
  return times.length > 0 ? new Date(Math.max(...times)) : new Date();
}

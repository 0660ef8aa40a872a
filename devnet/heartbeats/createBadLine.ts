import { headerNames } from '../../schema/heartbeat/envelope.js';
import type { Post } from '../../schema/heartbeat/SenderOptions.js';
import { paths } from '../../schema/heartbeat/session.js';
import { RetryableError } from '../../schema/lib/errors.js';
import { badLine } from './conducts.js';
import { createDice } from './createDice.js';

/** Where its dice begin. */
const ofBadLine = 3_000;

/** Batches arrive twice now and then, or their answer is lost, so that the sender says the same again. */
export function createBadLine(post: Post, seed: number): Post {
  const lost = new Set<string>();
  return async (path, headers, body) => {
    const counter = headers[headerNames.counter];
    if (path !== paths.heartbeats || counter === undefined) return post(path, headers, body);
    const chance = createDice(seed, ofBadLine, Number(counter)).next();
    if (chance < badLine.twice) await post(path, headers, body);
    const answer = await post(path, headers, body);
    if (chance < 1 - badLine.lost || lost.has(counter)) return answer;
    lost.add(counter);
    throw new RetryableError('The answer was lost on its way.');
  };
}

import type pg from 'pg';
import type { Network } from '../../../schema/protocols/protocols.js';
import { createWorkQueue, type Lane } from './createWorkQueue.js';
import { findSubjects, type Subject } from './findSubjects.js';
import type { GatewayLimits } from './limits.js';

/** Nodes that third parties speak for, one at a time, remembered for a minute. */
export interface Subjects {
  /** Undefined: the network has no such node. Throws BusyError when too many are looked for. */
  find(network: Network, nodeId: string, lane: Lane): Promise<Subject | undefined>;
}

export function createSubjects(options: {
  readonly pool: pg.Pool;
  readonly limits: Pick<GatewayLimits, 'activeLookups' | 'waitingSubjects'>;
  /** Milliseconds that only grow. */
  readonly now: () => number;
}): Subjects {
  const { pool, limits, now } = options;
  const waiting = { first: limits.waitingSubjects, second: limits.waitingSubjects };
  const queue = createWorkQueue({ active: limits.activeLookups, maxWaiting: waiting });
  const known = new Map<string, { readonly subject: Promise<Subject | undefined>; readonly until: number }>();
  return {
    async find(network, nodeId, lane) {
      // Whoever asks for a node under another network must not answer for this one.
      const key = `${network.definition.id} ${nodeId}`;
      const found = known.get(key);
      if (found && found.until > now()) return found.subject;
      if (known.size >= MAX_KNOWN) known.clear();
      const ask = () => findSubjects(pool, { network, ids: [nodeId] });
      const subject = queue.run(ask, lane).then((subjects) => subjects.get(nodeId));
      known.set(key, { subject, until: now() + KEPT_MS });
      // What failed is asked anew.
      subject.catch(() => known.delete(key));
      const answer = await subject;
      if (!answer) known.set(key, { subject, until: now() + ABSENT_MS });
      return answer;
    },
  };
}

const KEPT_MS = 60_000;
/** A node that registers must not wait for long. */
const ABSENT_MS = 2_000;
const MAX_KNOWN = 50_000;

import { setMaxListeners } from 'node:events';
import { createHttpPost } from '../../schema/heartbeat/createHttpPost.js';
import type { Post, SenderEvent, SenderRuntime } from '../../schema/heartbeat/SenderOptions.js';
import { systemClock } from '../../schema/heartbeat/systemClock.js';
import type { Log } from '../../schema/lib/log.js';
import { providers } from '../computeMarket/cast.js';
import { announceMaintenance } from './announceMaintenance.js';
import { beat } from './beat.js';
import { badLine } from './conducts.js';
import { createBadLine } from './createBadLine.js';
import { createBeatScript } from './createBeatScript.js';
import { type BeatSession, listBeatSessions } from './listBeatSessions.js';
import type { DevnetOrigin } from './listLives.js';

export interface BeatAgentsOptions extends DevnetOrigin {
  /** Such as `http://127.0.0.1:4343`. */
  readonly gatewayUrl: string;
  readonly log: Log;
  /** They beat until it aborts. */
  readonly signal: AbortSignal;
  /** In place of HTTP to `gatewayUrl`. */
  readonly post?: Post;
  readonly clock?: SenderRuntime;
  /** Told of everything that becomes of a provider's batches; machine 1 is the one that shares a key. */
  readonly tell?: (from: { readonly provider: string; readonly machine: number }, event: SenderEvent) => void;
}

export interface BeatAgents {
  /** Resolves when the signal has aborted and everybody has stopped; rejects on a bug only. */
  readonly done: Promise<void>;
}

/**
 * The machines of the devnet's ComputeMarket beat: a session for each provider, a signed batch a minute each, by HTTP and as any
 * other sender does it, the dishonest and unlucky ones among them. Outages of the gateway, and an indexer that does not yet
 * know the nodes, are waited out.
 */
export function startBeatAgents(options: BeatAgentsOptions): BeatAgents {
  const http = options.post ? undefined : createHttpPost(new URL(options.gatewayUrl), { connections: 8 });
  const post = options.post ?? http?.post;
  if (!post) throw new TypeError('Expected a gateway to post to, found none.');
  return { done: beatAll({ ...options, post }).finally(() => http?.close()) };
}

async function beatAll(options: BeatAgentsOptions & { readonly post: Post }): Promise<void> {
  const { seed, startsAt, endsAt, post, clock = systemClock, log } = options;
  const script = createBeatScript({ seed, startsAt, endsAt });
  const sessions = await listBeatSessions(script.origin, Math.floor(clock.wallTime().getTime() / 1_000));
  const failing = new AbortController();
  const signal = AbortSignal.any([options.signal, failing.signal]);
  // Everybody sleeps by it.
  setMaxListeners(0, signal);

  function start(session: BeatSession, machine: number): Promise<void> {
    const provider = providers[session.provider]?.name ?? '';
    const tell = (event: SenderEvent) => {
      note(log, provider, event);
      options.tell?.({ provider, machine }, event);
    };
    const line = provider === badLine.provider ? createBadLine(post, seed) : post;
    return beat({ script, session, machine, post: line, clock, signal, tell });
  }

  const work = sessions.flatMap((session) => {
    const hasClone = Number.isFinite(script.getCloneFrom(session.provider));
    return (hasClone ? [0, 1] : [0]).map((machine) => start(session, machine));
  });
  work.push(announceMaintenance({ script, sessions, post, clock, signal, log }));
  // The first that fails ends the others, and all are waited for.
  const settled = await Promise.allSettled(
    work.map((one) =>
      one.catch((thrown: unknown) => {
        failing.abort();
        throw thrown;
      }),
    ),
  );
  const failed = settled.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

/** An outage is said once; what the gateway thinks of liars and wrong clocks is for who looks for it, and so is a bad line. */
function note(log: Log, provider: string, event: SenderEvent): void {
  if (event.kind === 'failed' && event.failures === 1 && provider !== badLine.provider) {
    log.info({ provider, reason: event.message }, 'heartbeats of the devnet wait for the gateway');
  } else if (event.kind === 'refused') {
    log.info({ provider, code: event.code, reason: event.message }, 'the gateway opens no session yet');
  } else if (event.kind === 'dropped') {
    log.debug({ provider, code: event.code, reason: event.reason }, 'the gateway refuses a batch');
  }
}

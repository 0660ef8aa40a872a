import { toAnchor } from '../../schema/heartbeat/anchor.js';
import type { Post, SenderRuntime } from '../../schema/heartbeat/SenderOptions.js';
import { toStep } from '../../schema/heartbeat/sendPolicy.js';
import { paths } from '../../schema/heartbeat/session.js';
import { toTypedData } from '../../schema/heartbeat/typedData.js';
import { toMessage } from '../../schema/lib/errors.js';
import type { Log } from '../../schema/lib/log.js';
import { getNetwork } from '../../schema/protocols/protocols.js';
import type { BeatScript, Notice } from './createBeatScript.js';
import { type BeatSession, networkId, toProviderAccount } from './listBeatSessions.js';

export interface AnnounceOptions {
  readonly script: BeatScript;
  readonly sessions: readonly BeatSession[];
  readonly post: Post;
  readonly clock: SenderRuntime;
  readonly signal: AbortSignal;
  readonly log: Log;
}

/** A notice later than that does not count; five minutes of room. */
const aheadS = 24 * 3_600 + 300;
/** What is due is due for days: nothing is lost by asking once an hour. */
const everyMs = 3_600_000;
const againMs = 15_000;
const backS = 14 * 86_400;

/** Signs and posts notices of maintenance as they fall due by the script, until the signal aborts. */
export async function announceMaintenance(options: AnnounceOptions): Promise<void> {
  const { script, clock, signal } = options;
  const announced = new Set<number>();
  while (!signal.aborted) {
    const now = Math.floor(clock.wallTime().getTime() / 1_000);
    const due = script
      .listNotices(now - backS, now)
      .filter(({ from }) => from * 60 > now + aheadS && !announced.has(from));
    for (const notice of due) if (await announce(options, notice)) announced.add(notice.from);
    const isDone = due.every(({ from }) => announced.has(from));
    await clock.sleep(isDone ? everyMs : againMs, signal);
  }
}

/** Whether the gateway has said something final. */
async function announce({ sessions, post, clock, log }: AnnounceOptions, notice: Notice): Promise<boolean> {
  const session = sessions[notice.provider];
  if (!session) return true;
  const { account, nodeIds } = session;
  const [startsAt, endsAt] = [notice.from * 60, notice.to * 60];
  const message = { node: account, scope: nodeIds, startsAt: BigInt(startsAt), endsAt: BigInt(endsAt) };
  const typedData = toTypedData(toAnchor(getNetwork(networkId).definition), 'Maintenance', message);
  const signature = await toProviderAccount(notice.provider).signTypedData(typedData);
  const body = { network: networkId, account, nodes: nodeIds, startsAt, endsAt, signature };
  try {
    const answer = await post(paths.maintenance, { 'content-type': 'application/json' }, JSON.stringify(body));
    if (answer.status < 300) return true;
    const { next, code, message: reason } = toStep(answer, clock.wallTime().getTime());
    log.info({ code, reason }, 'the gateway takes no notice of maintenance');
    // The indexer may not know the nodes yet.
    return next !== 'retry' && code !== 'UNREGISTERED';
  } catch (thrown) {
    log.debug({ reason: toMessage(thrown) }, 'a notice of maintenance waits for the gateway');
    return false;
  }
}

import { sign } from 'node:crypto';
import { createHttpPost } from '../../schema/heartbeat/createHttpPost.js';
import type { Signer } from '../../schema/heartbeat/createSigner.js';
import { toRevocationBytes } from '../../schema/heartbeat/keySigned.js';
import type { Post, SenderRuntime } from '../../schema/heartbeat/SenderOptions.js';
import { toPrivateKey } from '../../schema/heartbeat/sealBatch.js';
import { toBackoffMs, toStep } from '../../schema/heartbeat/sendPolicy.js';
import { paths } from '../../schema/heartbeat/session.js';
import { SLOT_SECONDS } from '../../schema/heartbeat/slots.js';
import { toTypedData } from '../../schema/heartbeat/typedData.js';
import { toMessage, UserError } from '../../schema/lib/errors.js';
import { type Hex, toHex } from '../../schema/lib/hex.js';
import { adviceOf } from './adviceOf.js';
import { toWalletJson } from './delegationFile.js';
import type { Subject } from './toSubject.js';

/** Who signs a notice: a key here, or a wallet elsewhere, once before it has and once with what it signed. */
export type NoticeSigner = Signer | { readonly account: Hex; readonly signature?: Hex };

type Body = Readonly<Record<string, unknown>>;
type Notice = { readonly path: string; readonly body: Body } | { readonly toSign: string };

/** Times in unix seconds. Throws UserError where they are no whole minutes, or the end is not after the start. */
export async function toMaintenance(
  { network, anchor, nodes }: Subject,
  { startsAt, endsAt }: { readonly startsAt: number; readonly endsAt: number },
  signer: NoticeSigner,
): Promise<Notice> {
  for (const time of [startsAt, endsAt]) {
    if (time % SLOT_SECONDS === 0) continue;
    throw new UserError(`Expected whole minutes, got ${toText(time)}: maintenance begins and ends with a minute.`);
  }
  if (endsAt <= startsAt) {
    throw new UserError(
      `Expected an end after the start, got ${toText(startsAt)} to ${toText(endsAt)}. Correct --from and --to.`,
    );
  }
  const { account } = signer;
  const message = { node: account, scope: nodes, startsAt: BigInt(startsAt), endsAt: BigInt(endsAt) };
  const typedData = toTypedData(anchor, 'Maintenance', message);
  const signature = await signWith(signer, typedData);
  if (!signature) return { toSign: toWalletJson(typedData) };
  return { path: paths.maintenance, body: { network, account, nodes, startsAt, endsAt, signature } };
}

export interface Revocation {
  readonly delegation: Hex;
  /** Unix seconds. */
  readonly revokedAt: number;
}

/** By the account that granted it. */
export async function toRevocation(
  { network, anchor }: Pick<Subject, 'network' | 'anchor'>,
  { delegation, revokedAt }: Revocation,
  signer: NoticeSigner,
): Promise<Notice> {
  const { account } = signer;
  const typedData = toTypedData(anchor, 'Revoke', { node: account, delegation, revokedAt: BigInt(revokedAt) });
  const signature = await signWith(signer, typedData);
  if (!signature) return { toSign: toWalletJson(typedData) };
  return { path: paths.revocations, body: { network, account, delegation, revokedAt, signature } };
}

/** By the session key itself, where the account is not at hand. */
export function toOwnRevocation(
  { network, account, seed }: { readonly network: string; readonly account: Hex; readonly seed: Buffer },
  { delegation, revokedAt }: Revocation,
): { readonly path: string; readonly body: Body } {
  const signature = toHex(sign(null, toRevocationBytes(delegation, revokedAt), toPrivateKey(seed)));
  return { path: paths.revocations, body: { network, account, delegation, revokedAt, signature } };
}

const GIVE_UP_MS = 60_000;

/** Sends it until it is answered, a minute at most. Throws UserError with the gateway's reason where it is refused. */
export async function sendNotice(
  gateway: URL,
  { path, body }: { readonly path: string; readonly body: Body },
  runtime: SenderRuntime,
): Promise<void> {
  const http = createHttpPost(gateway);
  try {
    const untilMs = runtime.now() + GIVE_UP_MS;
    for (let failures = 1; ; failures += 1) {
      const refusal = await attempt(http.post, path, body, runtime);
      if (!refusal) return;
      const waitMs = Math.max(refusal.waitMs ?? 0, toBackoffMs(failures, runtime.random()));
      if (!refusal.isPassing || runtime.now() + waitMs > untilMs) throw new UserError(refusal.message);
      await runtime.sleep(waitMs);
    }
  } finally {
    http.close();
  }
}

/** Undefined: it was taken. */
async function attempt(post: Post, path: string, body: Body, runtime: SenderRuntime) {
  try {
    const answer = await post(path, { 'content-type': 'application/json' }, JSON.stringify(body));
    const step = toStep(answer, runtime.wallTime().getTime());
    if (answer.status < 300 && isJson(answer.body)) return undefined;
    const advice = step.code ? ` ${adviceOf(step.code)}` : '';
    const message = `The gateway refused it (${step.code ?? `HTTP ${answer.status}`}): ${step.message}${advice}`;
    return { isPassing: step.next === 'retry', message, waitMs: step.waitMs };
  } catch (thrown) {
    return {
      isPassing: true,
      message: `Expected a gateway, got: ${toMessage(thrown)}. Check --gateway (AGENT_GATEWAY).`,
    };
  }
}

async function signWith(signer: NoticeSigner, typedData: ReturnType<typeof toTypedData>): Promise<Hex | undefined> {
  return 'sign' in signer ? signer.sign(typedData) : signer.signature;
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

function toText(seconds: number): string {
  return new Date(seconds * 1_000).toISOString();
}

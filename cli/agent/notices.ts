import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SenderState } from '../../schema/heartbeat/SenderOptions.js';
import { systemClock } from '../../schema/heartbeat/systemClock.js';
import { UserError } from '../../schema/lib/errors.js';
import type { Hex } from '../../schema/lib/hex.js';
import type { AgentConfig } from './config.js';
import { openStateDir } from './openStateDir.js';
import { type NoticeSigner, sendNotice, toMaintenance, toOwnRevocation, toRevocation } from './sendNotice.js';
import { toSigner } from './toAuthority.js';
import { getGateway, toAddress, toDelegationName, toNames, toSeconds, toSignature, toSubject } from './toSubject.js';

export interface NoticeCommand {
  readonly config: AgentConfig;
  readonly stateDir: string;
  readonly credentials?: string;
  readonly account?: string;
  readonly signature?: string;
}

const SIGN_AND_COME_BACK = 'Have the account sign this (eth_signTypedData_v4), then run the same with --signature 0x….';

/** `computescan agent maintenance`. Returns what to tell; `print` takes what is to be signed elsewhere. */
export async function announceMaintenance(
  command: NoticeCommand,
  { from, to }: { readonly from: string; readonly to: string },
  print: (text: string) => void,
): Promise<string> {
  const gateway = getGateway(command.config);
  const subject = toSubject(command.config);
  const signer = toNoticeSigner(command);
  if (!signer) {
    throw new UserError(
      'Expected an account that may speak for the nodes, found none: give --key-file, or --account of a wallet.',
    );
  }
  const notice = await toMaintenance(subject, { startsAt: toSeconds(from), endsAt: toSeconds(to) }, signer);
  if ('toSign' in notice) {
    print(notice.toSign);
    return SIGN_AND_COME_BACK;
  }
  await sendNotice(gateway, notice, systemClock);
  return `Maintenance of ${toNames(subject.nodes)} is announced, from ${from} to ${to}.`;
}

/** `computescan agent revoke`. Without an account at hand the session key takes its own right back. */
export async function revoke(
  command: NoticeCommand,
  { delegation: given, at }: { readonly delegation?: string; readonly at?: string },
  print: (text: string) => void,
): Promise<string> {
  const { config, stateDir } = command;
  const gateway = getGateway(config);
  const state = readStored(stateDir);
  const delegation = given === undefined ? state?.delegation : toDelegationName(given);
  if (!delegation) {
    throw new UserError(
      `Expected a delegation, found none in ${stateDir}: give --delegation, as the agent says at its start.`,
    );
  }
  const known = config.AGENT_NETWORK ?? state?.network;
  const { network, anchor } = toSubject(config, known === undefined ? undefined : { network: known, nodes: [] });
  const signer = toNoticeSigner(command);
  if (signer && 'signature' in signer && signer.signature === undefined && at === undefined) {
    throw new UserError(
      'Expected the time of the revocation for a wallet to sign, found none: give --at, the same both times.',
    );
  }
  const revocation = { delegation, revokedAt: at === undefined ? Math.floor(Date.now() / 1_000) : toSeconds(at) };
  const notice = signer
    ? await toRevocation({ network, anchor }, revocation, signer)
    : byItself(stateDir, { network, state, revocation });
  if ('toSign' in notice) {
    print(notice.toSign);
    return SIGN_AND_COME_BACK;
  }
  await sendNotice(gateway, notice, systemClock);
  const since = new Date(revocation.revokedAt * 1_000).toISOString();
  return `Delegation ${delegation} is revoked from ${since} on. If the session key is out, delete session.key in the state directory, too.`;
}

function byItself(
  stateDir: string,
  given: {
    readonly network: string;
    readonly state: SenderState | undefined;
    readonly revocation: { readonly delegation: Hex; readonly revokedAt: number };
  },
) {
  const { network, state, revocation } = given;
  if (state?.delegation !== revocation.delegation) {
    throw new UserError(
      `Expected the account that granted ${revocation.delegation}, found none: give --key-file or --account, or the --state-dir of its session key.`,
    );
  }
  const { seed, close } = openStateDir(stateDir, { isShared: true });
  close();
  return toOwnRevocation({ network, account: state.account, seed }, revocation);
}

function toNoticeSigner({ config, credentials, account, signature }: NoticeCommand): NoticeSigner | undefined {
  if (account !== undefined) {
    return { account: toAddress(account), signature: signature === undefined ? undefined : toSignature(signature) };
  }
  return config.AGENT_KEY_FILE ? toSigner(config.AGENT_KEY_FILE, credentials) : undefined;
}

function readStored(stateDir: string): SenderState | undefined {
  try {
    return JSON.parse(readFileSync(join(stateDir, 'state.json'), 'utf8')) as SenderState;
  } catch {
    // Not there: then everything has to be given.
    return undefined;
  }
}

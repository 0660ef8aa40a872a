import { SessionRefusedError } from '../../schema/heartbeat/createSession.js';
import { toPrivateKey, toPublicKeyHex } from '../../schema/heartbeat/sealBatch.js';
import { paths } from '../../schema/heartbeat/session.js';
import { systemClock } from '../../schema/heartbeat/systemClock.js';
import type { AgentConfig } from './config.js';
import { toGrant } from './delegationFile.js';
import { openStateDir } from './openStateDir.js';
import { readMachine } from './readMachine.js';
import { createBeats, runAgent } from './runAgent.js';
import { toAuthority } from './toAuthority.js';
import { getGateway, toNames, toSubject } from './toSubject.js';

export interface AgentCommand {
  readonly config: AgentConfig;
  /** Absolute. */
  readonly stateDir: string;
  /** Where systemd hands over secrets. */
  readonly credentials?: string;
  readonly once: boolean;
  readonly say: (line: string) => void;
}

/** `computescan agent`. Resolves with the exit code; throws UserError for what the operator can mend. */
export async function startAgent(command: AgentCommand, signal: AbortSignal): Promise<number> {
  const { config, stateDir, say } = command;
  const gateway = getGateway(config);
  const authority = toAuthority(config, command);
  const subject = toSubject(config, authority.kind === 'delegation' ? authority.file : undefined);
  const state = openStateDir(stateDir, { warn: say });
  try {
    const publicKey = toPublicKeyHex(toPrivateKey(state.seed));
    const seconds = Math.floor(Date.now() / 1_000);
    const right =
      authority.kind === 'key'
        ? {
            account: authority.signer.account,
            grant: { sign: authority.signer.sign, validSeconds: config.AGENT_DELEGATION_DAYS * 86_400 },
          }
        : { account: authority.file.account, grant: toGrant(authority.file, authority.path, { publicKey, seconds }) };
    warnOfEnd(right.grant, seconds, say);
    const { nodes, network } = subject;
    const isReading = toReadings(config, nodes);
    if (!isReading && config.AGENT_READINGS === undefined) {
      say(
        'No load and hardware are sent: with several nodes they run on other machines. If all of them run on this one, give --readings (AGENT_READINGS=on).',
      );
    }
    if (gateway.protocol === 'http:' && !isLoopback(gateway.hostname)) {
      say(`${gateway.origin} is not encrypted: nobody can forge beats, but readings can be read on the way.`);
    }
    say(`Beats of ${toNames(nodes)} on ${network} go to ${gateway.origin}, in the name of ${right.account}.`);
    const isFine = await runAgent(
      {
        ...subject,
        ...right,
        gateway,
        state,
        read: isReading ? () => readMachine(config.AGENT_NVIDIA_SMI) : undefined,
        statusMinutes: config.AGENT_STATUS_MINUTES,
        once: command.once,
        say,
        runtime: systemClock,
      },
      signal,
    );
    return command.once && !isFine ? 1 : 0;
  } catch (thrown) {
    // What the gateway said and what to do has been told.
    if (thrown instanceof SessionRefusedError) return 1;
    throw thrown;
  } finally {
    state.close();
  }
}

/** What `--dry-run` shows: the session that would be asked for, and a batch with what this machine reads now. */
export async function toDryRun({ config, stateDir, credentials }: AgentCommand): Promise<string> {
  const authority = toAuthority(config, { stateDir, credentials });
  const gateway = getGateway(config);
  const { network, nodes } = toSubject(config, authority.kind === 'delegation' ? authority.file : undefined);
  const account = authority.kind === 'key' ? authority.signer.account : authority.file.account;
  const reading = toReadings(config, nodes) ? await readMachine(config.AGENT_NVIDIA_SMI) : undefined;
  const beats = createBeats({ nodes })(reading, { sentAt: Date.now() });
  const requests = [
    { url: toUrl(gateway, paths.sessions), body: { network, account, nodes } },
    { url: toUrl(gateway, paths.heartbeats), body: { beats } },
  ];
  return JSON.stringify(requests, null, 2);
}

/** What this machine does is what its node does; of several nodes it is nobody's, unless the operator says so. */
export function toReadings(
  { AGENT_READINGS: given }: Pick<AgentConfig, 'AGENT_READINGS'>,
  nodes: readonly string[],
): boolean {
  return given ?? nodes.length === 1;
}

function toUrl(gateway: URL, path: string): string {
  return gateway.href.replace(/\/$/, '') + path;
}

function warnOfEnd(grant: object, seconds: number, say: (line: string) => void): void {
  if (!('validTo' in grant)) return;
  const days = (Number(grant.validTo) - seconds) / 86_400;
  if (days < 7) {
    say(
      `The delegation ends in ${days.toFixed(1)} days: have the wallet sign another with \`computescan agent delegate\`.`,
    );
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host.startsWith('127.');
}

import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type AgentConfig, agentVariables, readAgentConfig } from '../agent/config.js';
import { untilInterrupted } from '../untilInterrupted.js';
import type { CommandContext } from './CommandContext.js';
import { whole, withOptions } from './options.js';

interface SettingOptions {
  readonly gateway?: string;
  readonly network?: string;
  readonly node?: readonly string[];
  readonly keyFile?: string;
  readonly delegationFile?: string;
  readonly stateDir?: string;
  readonly days?: string;
  readonly readings?: boolean;
}

interface RunOptions extends SettingOptions {
  readonly once?: boolean;
  readonly dryRun?: boolean;
}

interface WalletOptions extends SettingOptions {
  readonly account?: string;
  readonly signature?: string;
}

interface MaintenanceOptions extends WalletOptions {
  readonly from: string;
  readonly to: string;
}

interface RevokeOptions extends WalletOptions {
  readonly delegation?: string;
  readonly at?: string;
}

/** Needs no database, and none of the other rooms: it runs where the GPUs are. */
export function addAgent(program: Command, context: CommandContext): void {
  const agent = withGateway(program.command('agent'))
    .description('tell a gateway once a minute that nodes are there, with what their machine does')
    .option('--key-file <file>', 'private key of the node or its operator, in hex, mode 0600 (AGENT_KEY_FILE)')
    .option('--delegation-file <file>', 'what a wallet signed, in place of a key (AGENT_DELEGATION_FILE)')
    .option('--readings', 'send load, memory and hardware though there are several nodes: all run on this machine')
    .option('--no-readings', 'send no load, memory and hardware: the nodes run on other machines (AGENT_READINGS)')
    .option('--once', 'send one beat; exit code 1 if it was not taken')
    .option('--dry-run', 'print what would be sent, and send nothing')
    .addHelpText('after', agentHelp)
    .action((options: RunOptions) => run(options, context));
  addDelegate(agent, context);
  addMaintenance(agent, context);
  addRevoke(agent, context);
}

const agentHelp = `
All settings are environment variables, described in .env.example; options win over them. docs/agent.md has a systemd unit,
a container, and what to do about each refusal.

Examples:
  computescan agent --gateway https://heartbeats.example.org --network marlin-arbitrum --node 0x… --key-file node.key
  computescan agent delegate --account 0x… …      have a wallet sign once, and keep its key off this machine
  computescan agent maintenance --from 2026-01-31T22:00Z --to 2026-01-31T23:00Z
  computescan agent revoke
`;

function withGateway(command: Command): Command {
  return withSettings(command.option('--gateway <url>', 'gateway that takes the beats (AGENT_GATEWAY)'));
}

function withSettings(command: Command): Command {
  return command
    .option('--network <id>', 'network of the nodes (AGENT_NETWORK)')
    .option('--node <id>', 'a node; once for each (AGENT_NODES)', (id: string, ids: readonly string[] = []) => [
      ...ids,
      id,
    ])
    .option('--state-dir <dir>', `session key, counter and what waits (${agentVariables.AGENT_STATE_DIR.fallback})`);
}

async function run(options: RunOptions, { root, setExitCode }: CommandContext): Promise<void> {
  const { config, stateDir, credentials } = readSettings(options, root);
  const { startAgent, toDryRun } = await import('../agent/main.js');
  const command = { config, stateDir, credentials, once: options.once === true, say };
  if (options.dryRun) return console.log(await toDryRun(command));
  await untilInterrupted(async (signal) => setExitCode(await startAgent(command, signal)));
}

function addDelegate(agent: Command, { root }: CommandContext): void {
  withSettings(agent.command('delegate'))
    .description('print what a wallet is to sign, so that its key stays off this machine; then take the signature')
    .option('--account <address>', 'who signs: the node, its provider, or the owner of that')
    .addOption(whole('--days <number>', 'how long it holds (AGENT_DELEGATION_DAYS)', 366))
    .option('--signature <hex>', 'what the wallet made of it')
    .action(async (options: WalletOptions) => {
      const { config, stateDir } = readSettings(options, root);
      const { makeDelegation } = await import('../agent/makeDelegation.js');
      const { account, signature } = options;
      const nowSeconds = Math.floor(Date.now() / 1_000);
      const { output, lines } = await makeDelegation({ config, stateDir, account, signature, nowSeconds });
      if (output) console.log(output);
      lines.forEach(say);
    });
}

function addMaintenance(agent: Command, { root }: CommandContext): void {
  withWallet(withGateway(agent.command('maintenance')))
    .description('announce maintenance, a day ahead or more: it is left out of uptimeSla')
    .requiredOption('--from <time>', 'start, such as 2026-01-31T22:00Z')
    .requiredOption('--to <time>', 'end')
    .action(async (options: MaintenanceOptions) => {
      const settings = readSettings(options, root);
      const { announceMaintenance } = await import('../agent/notices.js');
      say(
        await announceMaintenance(
          { ...settings, ...pickWallet(options) },
          { from: options.from, to: options.to },
          print,
        ),
      );
    });
}

function addRevoke(agent: Command, { root }: CommandContext): void {
  withWallet(withGateway(agent.command('revoke')))
    .description("take a session's delegation back: what is sent under it from then on is refused")
    .option('--delegation <hex>', 'which one; left out, the one of this state directory')
    .option('--at <time>', 'from when on; left out, from now on')
    .action(async (options: RevokeOptions) => {
      const settings = readSettings(options, root);
      const { revoke } = await import('../agent/notices.js');
      const { delegation, at } = options;
      say(await revoke({ ...settings, ...pickWallet(options) }, { delegation, at }, print));
    });
}

function withWallet(command: Command): Command {
  return command
    .option('--key-file <file>', 'private key that signs it (AGENT_KEY_FILE)')
    .option('--account <address>', 'without a key: who will sign it; prints what is to be signed')
    .option('--signature <hex>', 'what that wallet made of it; all else as before');
}

function pickWallet({ account, signature }: WalletOptions) {
  return { account, signature };
}

function readSettings(
  options: SettingOptions,
  root: string,
): { readonly config: AgentConfig; readonly stateDir: string; readonly credentials?: string } {
  const toAbsolute = (path: string | undefined) => (path === undefined ? undefined : resolve(path));
  const config = readAgentConfig(
    withOptions(process.env, {
      AGENT_GATEWAY: options.gateway,
      AGENT_NETWORK: options.network,
      AGENT_NODES: options.node?.join(','),
      AGENT_KEY_FILE: toAbsolute(options.keyFile),
      AGENT_DELEGATION_FILE: toAbsolute(options.delegationFile),
      AGENT_STATE_DIR: toAbsolute(options.stateDir),
      AGENT_DELEGATION_DAYS: options.days,
      AGENT_READINGS: toOnOff(options.readings),
    }),
  );
  return { config, stateDir: resolve(root, config.AGENT_STATE_DIR), credentials: process.env.CREDENTIALS_DIRECTORY };
}

function toOnOff(given: boolean | undefined): string | undefined {
  return given === undefined ? undefined : given ? 'on' : 'off';
}

/** Lines for people, beside what a program may read from stdout. */
function say(line: string): void {
  console.error(line);
}

function print(text: string): void {
  console.log(text);
}

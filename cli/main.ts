import 'reflect-metadata';
import { resolve } from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { readApiConfig } from '../api/config.js';
import { readVersion } from '../api/readVersion.js';
import { readIndexerConfig } from '../indexer/config.js';
import type { Environment } from '../schema/lib/readEnv.js';
import { getNetwork } from '../schema/protocols/protocols.js';
import { readWebConfig } from '../web/server/config.js';
import { cliVariables, readCliConfig, toDataDirs } from './config.js';
import type { Database } from './openDatabase.js';
import type { RoleName } from './roles.js';
import { whenAborted } from './whenAborted.js';

export interface MainContext {
  readonly root: string;
  readonly buildWeb: () => Promise<void>;
}

const USAGE_ERROR = 2;

/**
 * Runs one command and returns its exit code. Failures are thrown; UserError is what the user can mend.
 * A command loads its rooms when it runs, so that `--help` need not wait for all of them.
 */
export async function main(argv: readonly string[], context: MainContext): Promise<number> {
  const program = createProgram(context);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return 0;
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    return thrown.exitCode === 0 ? 0 : USAGE_ERROR;
  }
}

function createProgram(context: MainContext): Command {
  const program = new Command('computescan')
    .description('The explorer for decentralised compute networks: indexer, GraphQL API and web explorer.')
    .version(readVersion())
    .showSuggestionAfterError()
    .showHelpAfterError('Run `computescan --help` for the commands and their options.')
    .exitOverride();
  addUp(program, context);
  addReplay(program, context);
  addServers(program, context);
  addRoles(program, context);
  program
    .command('migrate')
    .description('bring the database to this version')
    .action(() => onDatabase(context.root, async (database) => console.error(`${database.title} is up to date.`)));
  return program;
}

function addUp(program: Command, { root, buildWeb }: MainContext): void {
  program
    .command('up')
    .description('run everything: database, devnet, indexer, API and web explorer')
    .addOption(port('port of API and web explorer').env('PORT'))
    .option('--host <address>', 'address to listen on (HOST)')
    .option(
      '--data <dir>',
      `directory of the embedded database and the devnet (${cliVariables.COMPUTESCAN_DATA.fallback})`,
    )
    .option('--networks <ids>', 'networks to index, separated by commas (COMPUTESCAN_NETWORKS)')
    .addOption(whole('--seed <number>', 'seed of the devnet', 2 ** 31))
    .addOption(whole('--history-days <days>', 'days of history the devnet begins with', 90))
    .option('--no-devnet', 'start without the devnet')
    .option('--reset', 'drop the embedded database and the devnet first', false)
    .addHelpText('after', upHelp)
    .action(async (options: Readonly<Record<string, string | boolean | undefined>>) => {
      const env = withOptions(process.env, {
        PORT: options.port,
        HOST: options.host,
        COMPUTESCAN_DATA: options.data ? resolve(String(options.data)) : undefined,
        COMPUTESCAN_NETWORKS: options.networks,
        DEVNET_SEED: options.seed,
        DEVNET_HISTORY_DAYS: options.historyDays,
      });
      const { runUp } = await import('./up.js');
      await untilInterrupted((signal) =>
        runUp({ root, env, signal, buildWeb, reset: options.reset === true, devnet: options.devnet !== false }),
      );
    });
}

const upHelp = `
Without DATABASE_URL it brings its own Postgres; with it, any Postgres 15 to 18 will do.
All settings are environment variables, described in .env.example; options win over them.

Examples:
  npm start                                   explorer and API on http://127.0.0.1:4340
  npm start -- --port 8080 --reset            start anew on another port
  DATABASE_URL=postgres://… npm start         on a database of your own
`;

function addReplay(program: Command, { root }: MainContext): void {
  program
    .command('replay <file>')
    .description('index a recorded history; doing it twice changes nothing')
    .option('--network <id>', 'which recorded network it is', 'livepeer-arbitrum-recorded')
    .action(async (file: string, { network }: { readonly network: string }) => {
      const { replayRecording } = await import('../indexer/main.js');
      const { createLog } = await import('../schema/lib/log.js');
      const log = createLog('replay', readIndexerConfig({ LOG_LEVEL: 'warn', ...process.env }).LOG_LEVEL);
      await onDatabase(root, async (database, signal) => {
        const summary = await replayRecording({ databaseUrl: database.url, network, file: resolve(file), log, signal });
        const { symbol = '', decimals = 0 } = getNetwork(network).definition.stakeToken ?? {};
        console.log(
          `${summary.network}: ${summary.events.toLocaleString('en')} events, ${summary.providers} providers, ${toTokens(summary.stake, decimals)} ${symbol} staked, ${summary.quarantined} logs in quarantine.`,
        );
      });
    });
}

function addServers(program: Command, { root, buildWeb }: MainContext): void {
  program
    .command('api')
    .description('serve GraphQL at /graphql')
    .addOption(port('port to listen on').env('PORT'))
    .action(async (options: { readonly port?: string }) => {
      const config = readApiConfig(withOptions(process.env, { PORT: options.port }));
      const { startApi } = await import('../api/main.js');
      await onDatabase(root, async (database, signal) => {
        const server = await startApi({ ...config, databaseUrl: database.url });
        console.error(`GraphQL at ${server.url}/graphql`);
        await whenAborted(signal);
        await server.close();
      });
    });
  program
    .command('web')
    .description('serve the web explorer on top of the API at API_URL')
    .addOption(port('port to listen on').env('WEB_PORT'))
    .action(async (options: { readonly port?: string }) => {
      await buildWeb();
      await untilInterrupted(async (signal) => {
        const { startWeb } = await import('../web/server/main.js');
        const web = await startWeb(readWebConfig(withOptions(process.env, { WEB_PORT: options.port })));
        console.error(`Explorer at ${web.url}`);
        await whenAborted(signal);
        await web.stop();
      });
    });
}

function addRoles(program: Command, { root }: MainContext): void {
  program
    .command('index')
    .description('follow the networks of COMPUTESCAN_NETWORKS through RPC_URLS')
    .action(() =>
      onDatabase(root, (database, signal) => runRole('index', { ...process.env, DATABASE_URL: database.url }, signal)),
    );
  program
    .command('devnet')
    .description('run the local chain alone')
    .action(async () => {
      const { base } = toDataDirs(root, readCliConfig(process.env).COMPUTESCAN_DATA);
      await untilInterrupted((signal) => runRole('devnet', { ...process.env, COMPUTESCAN_DATA: base }, signal));
    });
}

async function runRole(name: RoleName, env: Environment, signal: AbortSignal): Promise<void> {
  const { roles } = await import('./roles.js');
  const running = await roles[name](env, (report) => {
    if (report.kind === 'listening') console.error(`Listening at ${report.url}`);
  });
  await Promise.race([whenAborted(signal), running.done]);
  await running.stop();
}

/** Opens the database for the work and lets go of it again, whatever happens and whoever interrupts. */
async function onDatabase(
  root: string,
  work: (database: Database, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const { openDatabase } = await import('./openDatabase.js');
  await untilInterrupted(async (signal) => {
    const database = await openDatabase(root, process.env);
    try {
      await work(database, signal);
    } finally {
      await database.stop();
    }
  });
}

/** Aborts the work's signal at Ctrl-C or SIGTERM; a second Ctrl-C ends the process as it is. */
async function untilInterrupted(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, interrupt);
  try {
    await work(controller.signal);
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
  }
}

/** An option given on the command line wins over the environment. */
function withOptions(env: Environment, options: Readonly<Record<string, unknown>>): Environment {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...env, ...Object.fromEntries(given.map(([name, value]) => [name, String(value)])) };
}

function port(description: string): Option {
  return whole('--port <number>', description, 65_535);
}

function whole(flags: string, description: string, max: number): Option {
  return new Option(flags, description).argParser((value) => {
    const number = Number(value);
    if (!/^\d+$/.test(value) || number > max) throw new InvalidArgumentError(`Expected a whole number up to ${max}.`);
    return value;
  });
}

/** Base units as whole tokens, cut, not rounded. */
function toTokens(amount: bigint, decimals: number): string {
  return (amount / 10n ** BigInt(decimals)).toLocaleString('en');
}

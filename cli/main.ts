import 'reflect-metadata';
import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { readApiConfig } from '../api/config.js';
import { readVersion } from '../api/readVersion.js';
import type { Environment } from '../schema/lib/readEnv.js';
import { readWebConfig } from '../web/server/config.js';
import { addAgent } from './commands/addAgent.js';
import { addAudit } from './commands/addAudit.js';
import { addDigest } from './commands/addDigest.js';
import { addKey } from './commands/addKey.js';
import { addPlan } from './commands/addPlan.js';
import { addRecord } from './commands/addRecord.js';
import { addReplay } from './commands/addReplay.js';
import { addResync } from './commands/addResync.js';
import { addRoll } from './commands/addRoll.js';
import { addScore } from './commands/addScore.js';
import { addStatus } from './commands/addStatus.js';
import type { CommandContext } from './commands/CommandContext.js';
import { port, whole, withOptions } from './commands/options.js';
import { readSettings } from './commands/readSettings.js';
import { cliVariables, readCliConfig, toDataDirs } from './config.js';
import { onDatabase } from './onDatabase.js';
import type { RoleName } from './roles.js';
import { createDisplay } from './terminal.js';
import { toKeyFile } from './toKeyFile.js';
import { untilInterrupted } from './untilInterrupted.js';
import { whenAborted } from './whenAborted.js';

export type MainContext = Omit<CommandContext, 'setExitCode'>;

const USAGE_ERROR = 2;

/**
 * Runs one command and returns its exit code. Failures are thrown; UserError is what the user can mend.
 * A command loads its rooms when it runs, so that `--help` need not wait for all of them.
 */
export async function main(argv: readonly string[], context: MainContext): Promise<number> {
  let exitCode = 0;
  const setExitCode = (code: number) => {
    exitCode = code;
  };
  const program = createProgram({ ...context, setExitCode });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    return thrown.exitCode === 0 ? 0 : USAGE_ERROR;
  }
}

function createProgram(context: CommandContext): Command {
  const program = new Command('computescan')
    .description('The explorer for decentralised compute networks: indexer, GraphQL API and web explorer.')
    .version(readVersion())
    .showSuggestionAfterError()
    .showHelpAfterError('Run `computescan --help` for the commands and their options.')
    .exitOverride()
    // What stands behind `agent delegate` and the like is theirs.
    .enablePositionalOptions();
  addUp(program, context);
  addServers(program, context);
  addRoles(program, context);
  addRoll(program, context, (databaseUrl, signal) =>
    runRole('roll', { ...process.env, DATABASE_URL: databaseUrl }, signal),
  );
  addPlan(program, context);
  addRecord(program, context);
  addReplay(program, context);
  addStatus(program, context);
  addDigest(program, context);
  addAudit(program, context);
  addResync(program, context);
  addScore(program, context);
  addKey(program, context);
  addAgent(program, context);
  program
    .command('migrate')
    .description('bring the database to this version')
    .action(() => onDatabase(context.root, async (database) => console.error(`${database.title} is up to date.`)));
  return program;
}

function addUp(program: Command, { root, buildWeb, buildPlayground }: CommandContext): void {
  program
    .command('up')
    .description('run everything: database, devnet, indexer, metrics, API and web explorer')
    .addOption(port('port of API and web explorer').env('PORT'))
    .option('--host <address>', 'address to listen on (HOST)')
    .option(
      '--data <dir>',
      `directory of the embedded database and the devnet (${cliVariables.COMPUTESCAN_DATA.fallback})`,
    )
    .option('--networks <ids>', 'networks to index, separated by commas (COMPUTESCAN_NETWORKS)')
    .addOption(whole('--seed <number>', 'seed of the devnet', 2 ** 31))
    .addOption(whole('--history-days <days>', 'days of history each chain of the devnet begins with', 90))
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
        runUp({
          ...{ root, env, signal, buildWeb, buildPlayground },
          reset: options.reset === true,
          devnet: options.devnet !== false,
        }),
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

function addServers(program: Command, { root, buildWeb, buildPlayground }: CommandContext): void {
  program
    .command('api')
    .description('serve GraphQL at /graphql')
    .addOption(port('port to listen on').env('PORT'))
    .action(async (options: { readonly port?: string }) => {
      const config = readApiConfig(withOptions(process.env, { PORT: options.port }));
      const { startApi } = await import('../api/main.js');
      const { createScoreExplainer } = await import('../indexer/metrics/recompute/main.js');
      await readSettings(process.env);
      await onDatabase(root, async (database, signal) => {
        const keyFile = toKeyFile(root, process.env);
        const explainer = createScoreExplainer(database.url);
        try {
          const server = await startApi(
            { ...config, databaseUrl: database.url, keyFile },
            { explainScore: explainer.explain, buildPlayground },
          );
          console.error(`GraphQL at ${server.url}/graphql`);
          await whenAborted(signal);
          await server.close();
        } finally {
          await explainer.close();
        }
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

function addRoles(program: Command, { root }: CommandContext): void {
  program
    .command('index')
    .description('follow the networks of COMPUTESCAN_NETWORKS through RPC_URLS')
    .action(() =>
      onDatabase(root, (database, signal) => runRole('index', { ...process.env, DATABASE_URL: database.url }, signal)),
    );
  program
    .command('telemetry')
    .description('take heartbeats, roll them up, and ask off chain, for the networks of COMPUTESCAN_NETWORKS')
    .action(() =>
      onDatabase(root, (database, signal) =>
        runRole('telemetry', { ...process.env, DATABASE_URL: database.url }, signal),
      ),
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
  const display = createDisplay(process.stderr, { elsewhere: 'json' });
  // A terminal shows progress in a line of its own; what goes well need not be told again.
  const level = env.LOG_LEVEL ?? (process.stderr.isTTY ? 'warn' : undefined);
  const running = await roles[name]({ ...env, LOG_LEVEL: level }, (report) => {
    if (report.kind === 'listening') display.say(`Listening at ${report.url}`);
    else if (report.kind === 'asking') display.say(`Asking for ${report.title}`);
    else if (report.kind === 'gateway') display.say(`Heartbeats at ${report.url}`);
    else if (report.kind === 'rolled') display.say(report.text);
    else if (name === 'index') display.show(report);
  });
  await Promise.race([whenAborted(signal), running.done]);
  await running.stop();
  display.end();
}

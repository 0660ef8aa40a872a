import type { Command } from 'commander';
import type { Rolled } from '../../indexer/metrics/main.js';
import { UserError } from '../../schema/lib/errors.js';
import { onDatabase } from '../onDatabase.js';
import type { CommandContext } from './CommandContext.js';
import { readSettings } from './readSettings.js';
import { toComparedText, toRebuiltText, toRolledText } from './toRollText.js';

interface RollOptions {
  readonly once?: boolean;
  readonly rebuild?: boolean;
  readonly verify?: boolean;
  readonly network?: string;
}

export function addRoll(
  program: Command,
  { root, setExitCode }: CommandContext,
  follow: (databaseUrl: string, signal: AbortSignal) => Promise<void>,
): void {
  program
    .command('roll')
    .description('derive metrics and reputation from facts and readings, and go on as they come')
    .option('--once', 'what is due, then end; exit code 75 if another process rolls it or its backfill is not over')
    .option('--rebuild', 'drop what is derived and make it anew, then end')
    .option('--verify', 'make it anew beside what is stored and compare; exit code 1 if it differs')
    .option('--network <id>', 'only this network')
    .addHelpText('after', help)
    .action(async (options: RollOptions) => {
      assertOptions(options);
      const { once = false, rebuild = false, verify = false } = options;
      // Who follows is a role, and reads its settings itself.
      if (once || rebuild || verify) await readSettings(process.env);
      await onDatabase(root, async (database, signal) => {
        if (rebuild || verify) await remake(database.url, options, { signal, setExitCode });
        else if (once) await rollDue(database.url, options, { signal, setExitCode });
        else await follow(database.url, signal);
      });
    });
}

const help = `
Examples:
  computescan roll                          follow all networks of the database
  computescan roll --verify                 is what is stored what the facts give? Changes nothing
  computescan roll --rebuild --verify       make it anew, and say whether what was there was the same
`;

function assertOptions({ once, rebuild, verify, network }: RollOptions): void {
  if (once && (rebuild || verify)) {
    throw new UserError(
      'Expected --once, or --rebuild and --verify, got both: these end by themselves. Leave out --once.',
    );
  }
  if (network !== undefined && !once && !rebuild && !verify) {
    throw new UserError('Expected --network with --once, --rebuild or --verify: a roller follows every network.');
  }
}

interface Run extends Pick<CommandContext, 'setExitCode'> {
  readonly signal: AbortSignal;
}

async function rollDue(databaseUrl: string, { network }: RollOptions, { signal, setExitCode }: Run): Promise<void> {
  const { rollOnce } = await import('../../indexer/metrics/main.js');
  await rollOnce({
    ...{ databaseUrl, networkId: network, signal },
    onTurn(networkId, rolled) {
      console.log(toRolledText(networkId, rolled));
      if (isForLater(rolled)) setExitCode(TRY_LATER);
    },
  });
}

/** Nothing was rolled, though something may be due. */
function isForLater({ kind }: Rolled): boolean {
  return kind === 'busy' || kind === 'waiting';
}

/** EX_TEMPFAIL of sysexits.h, so that a script can tell it from a failure. */
const TRY_LATER = 75;

async function remake(
  databaseUrl: string,
  { rebuild = false, verify = false, network }: RollOptions,
  { signal, setExitCode }: Run,
): Promise<void> {
  const { remakeMetrics } = await import('../../indexer/metrics/main.js');
  await remakeMetrics({
    ...{ databaseUrl, networkId: network, signal, keep: rebuild, compare: verify },
    onNetwork(networkId, { rolled, compared }) {
      if (rebuild || rolled.kind !== 'rolled') console.log(toRebuiltText(networkId, rolled));
      if (verify && rolled.kind === 'rolled') console.log(toComparedText(networkId, compared));
      if (compared && compared.differences.length > 0) setExitCode(1);
      if (isForLater(rolled)) setExitCode(TRY_LATER);
    },
  });
}

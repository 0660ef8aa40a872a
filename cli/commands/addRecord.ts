import { resolve } from 'node:path';
import type { Command } from 'commander';
import { readVersion } from '../../api/readVersion.js';
import { createLog } from '../../schema/lib/log.js';
import { onDatabase } from '../onDatabase.js';
import { toProgress } from '../progress/toProgress.js';
import { createDisplay } from '../terminal.js';
import type { CommandContext } from './CommandContext.js';
import { toNumber, whole } from './options.js';
import { readSettings } from './readSettings.js';
import { sayDigest } from './sayDigest.js';

export function addRecord(program: Command, { root }: CommandContext): void {
  program
    .command('record <file>')
    .description('index a chain from its start and keep all that its endpoints answer on tape')
    .addOption(whole('--to <height>', 'last block; the head of the moment where it is left out'))
    .addHelpText('after', recordHelp)
    .action(async (file: string, options: { readonly to?: string }) => {
      const config = await readSettings(process.env);
      const { recordTape } = await import('../../indexer/tape/main.js');
      const display = createDisplay(process.stderr, { elsewhere: 'json' });
      await onDatabase(root, async (database, signal) => {
        const recorded = await recordTape({
          ...{ databaseUrl: database.url, file: resolve(file), to: toNumber(options.to), signal },
          networks: config.COMPUTESCAN_NETWORKS,
          endpoints: config.RPC_URLS,
          verify: config.INDEX_VERIFY,
          pollMs: config.INDEX_POLL_MS,
          maxRangeBlocks: config.INDEX_RANGE_BLOCKS,
          log: createLog('record', process.env.LOG_LEVEL ?? 'warn'),
          madeBy: `computescan ${readVersion()}`,
          onState: (state) => display.show({ kind: 'progress', ...toProgress(state) }),
        });
        display.end();
        if (!recorded) return console.error('Interrupted; the unfinished tape is removed.');
        const note = recorded.holdsEveryHeader
          ? ''
          : ' It is too long to hold every header: replay it with the same INDEX_RANGE_BLOCKS.';
        console.error(`${recorded.calls.toLocaleString('en')} answers on ${resolve(file)}.${note}`);
        await sayDigest(database.url, recorded.chainId);
      });
    });
}

const recordHelp = `
The database must not hold the chain yet, for what was indexed before would be missing on the tape. Then
\`computescan replay <file>\` brings any empty database to the same state, without a network.
`;

import { resolve } from 'node:path';
import type { Command } from 'commander';
import { createLog } from '../../schema/lib/log.js';
import { getNetwork } from '../../schema/protocols/protocols.js';
import { onDatabase } from '../onDatabase.js';
import { toProgress } from '../progress/toProgress.js';
import { createDisplay } from '../terminal.js';
import type { CommandContext } from './CommandContext.js';
import { readSettings } from './readSettings.js';
import { sayDigest } from './sayDigest.js';

export function addReplay(program: Command, { root }: CommandContext): void {
  program
    .command('replay <file>')
    .description('index a tape or a recorded history, offline; doing it twice changes nothing')
    .option(
      '--network <id>',
      'which recorded network a history is; a tape says so itself',
      'livepeer-arbitrum-recorded',
    )
    .action(async (file: string, { network }: { readonly network: string }) => {
      const path = resolve(file);
      const { isTape } = await import('../../indexer/tape/main.js');
      // Which network it is to be stands first: a wrong one is told before a wrong file.
      if (getNetwork(network).definition.recorded && (await isTape(path))) await replayTape(root, path);
      else await replayHistory(root, path, network);
    });
}

async function replayTape(root: string, file: string): Promise<void> {
  const config = await readSettings(process.env);
  const tape = await import('../../indexer/tape/main.js');
  const display = createDisplay(process.stderr, { elsewhere: 'json' });
  await onDatabase(root, async (database, signal) => {
    const { chainId } = await tape.replayTape({
      ...{ databaseUrl: database.url, file, signal },
      maxRangeBlocks: config.INDEX_RANGE_BLOCKS,
      log: createLog('replay', process.env.LOG_LEVEL ?? 'warn'),
      onState: (state) => display.show({ kind: 'progress', ...toProgress(state) }),
    });
    display.end();
    if (!signal.aborted) await sayDigest(database.url, chainId);
  });
}

async function replayHistory(root: string, file: string, network: string): Promise<void> {
  const { replayRecording } = await import('../../indexer/main.js');
  await readSettings(process.env);
  const log = createLog('replay', process.env.LOG_LEVEL ?? 'warn');
  await onDatabase(root, async (database, signal) => {
    const summary = await replayRecording({ databaseUrl: database.url, network, file, log, signal });
    const { symbol = '', decimals = 0 } = getNetwork(network).definition.stakeToken ?? {};
    const counts = [
      `${summary.events.toLocaleString('en')} events`,
      `${summary.providers} providers`,
      `${toTokens(summary.stake, decimals)} ${symbol} staked`,
      `${summary.quarantined} logs in quarantine`,
    ];
    console.log(`${summary.network}: ${counts.join(', ')}.`);
  });
}

/** Base units as whole tokens, cut, not rounded. */
function toTokens(amount: bigint, decimals: number): string {
  return (amount / 10n ** BigInt(decimals)).toLocaleString('en');
}

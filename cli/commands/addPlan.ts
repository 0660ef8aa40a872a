import type { Command } from 'commander';
import { onDatabase } from '../onDatabase.js';
import type { CommandContext } from './CommandContext.js';
import { whole } from './options.js';
import { readSettings } from './readSettings.js';
import { toComparisonText, toPlanText } from './toPlanText.js';

interface PlanOptions {
  readonly network?: string;
  readonly samples: string;
  readonly seed: string;
  readonly compare?: boolean;
  readonly json?: boolean;
}

export function addPlan(program: Command, { root }: CommandContext): void {
  program
    .command('plan')
    .description('tell by samples what a sync will take: events, requests, bytes, time, disk')
    .option('--network <ids>', 'networks, separated by commas (COMPUTESCAN_NETWORKS)')
    .addOption(whole('--samples <number>', 'ranges to ask for', 10_000).default('60'))
    .addOption(whole('--seed <number>', 'same seed, same places', 2 ** 32 - 1).default('1'))
    .option('--compare', 'show the last plans beside what the syncs took')
    .option('--json', 'as JSON')
    .action(async ({ network, samples, seed, compare = false, json = false }: PlanOptions) => {
      const config = await readSettings(process.env);
      const { planSync, readPlans } = await import('../../indexer/plan/main.js');
      await onDatabase(root, async (database) => {
        if (compare) {
          const kept = await readPlans(database.url);
          return console.log(json ? JSON.stringify(kept, null, 2) : toComparisonText(kept));
        }
        const plans = await planSync({
          databaseUrl: database.url,
          networks: network?.split(',').map((id) => id.trim()) ?? config.COMPUTESCAN_NETWORKS,
          endpoints: config.RPC_URLS,
          verify: config.INDEX_VERIFY,
          maxRangeBlocks: config.INDEX_RANGE_BLOCKS,
          samples: Number(samples),
          seed: Number(seed),
        });
        console.log(json ? JSON.stringify(plans, null, 2) : plans.map(toPlanText).join('\n\n'));
      });
    });
}

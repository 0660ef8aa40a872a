import type { Command } from 'commander';
import { UserError } from '../../schema/lib/errors.js';
import { onDatabase } from '../onDatabase.js';
import type { CommandContext } from './CommandContext.js';
import { whole } from './options.js';

interface ResyncOptions {
  readonly chain: string;
  readonly from: string;
  readonly yes?: boolean;
}

export function addResync(program: Command, { root }: CommandContext): void {
  program
    .command('resync')
    .description('take back what is written of a chain from a height on, final or not, and let it be read again')
    .addOption(whole('--chain <id>', 'which chain').makeOptionMandatory())
    .addOption(whole('--from <height>', 'first block to take back').makeOptionMandatory())
    .option('--yes', 'do it')
    .action(async ({ chain, from, yes = false }: ResyncOptions) => {
      if (!yes) {
        throw new UserError(
          `Expected --yes, for this takes back everything that is written of chain ${chain} from block ${from} on. Give it to go on.`,
        );
      }
      const { resync } = await import('../../indexer/operator/main.js');
      await onDatabase(root, async (database) => {
        const taken = await resync(database.url, { chainId: Number(chain), from: Number(from) });
        const to = taken.to === undefined ? 'to before its first block' : `to block ${taken.to}`;
        console.log(
          `Chain ${chain} is taken back from block ${taken.from} ${to}; ranges that were written as one go as one. An indexer that runs goes on from there by itself.`,
        );
      });
    });
}

import type { Command } from 'commander';
import { onDatabase } from '../onDatabase.js';
import type { CommandContext } from './CommandContext.js';
import { toStatusText } from './toStatusText.js';

export function addStatus(program: Command, { root }: CommandContext): void {
  program
    .command('status')
    .description('show how far every chain is, how far it is proven, and how its endpoints do')
    .option('--json', 'as JSON')
    .action(async ({ json = false }: { readonly json?: boolean }) => {
      const { readChainStatus } = await import('../../indexer/operator/main.js');
      await onDatabase(root, async (database) => {
        const chains = await readChainStatus(database.url);
        console.log(json ? JSON.stringify(chains, null, 2) : toStatusText(chains, new Date()));
      });
    });
}

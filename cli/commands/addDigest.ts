import type { Command } from 'commander';
import { onDatabase } from '../onDatabase.js';
import type { CommandContext } from './CommandContext.js';
import { toNumber, whole } from './options.js';

interface DigestOptions {
  readonly chain?: string;
  readonly block?: string;
  readonly rescan?: boolean;
  readonly json?: boolean;
}

export function addDigest(program: Command, { root, setExitCode }: CommandContext): void {
  program
    .command('digest')
    .description('print the state digest of a block: equal digests, equal facts')
    .addOption(whole('--chain <id>', 'only this chain'))
    .addOption(whole('--block <height>', 'a stored block; the last written one where it is left out'))
    .option('--rescan', 'compute it again from the tables; exit code 1 if it differs')
    .option('--json', 'as JSON')
    .action(async ({ chain, block, rescan = false, json = false }: DigestOptions) => {
      const { readChainDigests } = await import('../../indexer/operator/main.js');
      await onDatabase(root, async (database) => {
        const question = { chainId: toNumber(chain), height: toNumber(block), rescan };
        const digests = await readChainDigests(database.url, question);
        if (json) console.log(JSON.stringify(digests, null, 2));
        for (const { chainId, height, hash, rows, digest, rescanned } of digests) {
          if (!json) console.log(`chain ${chainId} block ${height} ${hash} rows ${rows} digest ${digest}`);
          if (!rescanned) continue;
          if (!rescanned.isEqual) setExitCode(1);
          if (!json) {
            const found = rescanned.isEqual ? 'equal' : `DIFFERENT: rows ${rescanned.rows} digest ${rescanned.digest}`;
            console.log(`chain ${chainId} rescan of the tables: ${found}`);
          }
        }
      });
    });
}

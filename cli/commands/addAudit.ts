import type { Command } from 'commander';
import { onDatabase } from '../onDatabase.js';
import type { CommandContext } from './CommandContext.js';
import { toNumber, whole } from './options.js';
import { readSettings } from './readSettings.js';
import { toAuditText } from './toAuditText.js';

interface AuditOptions {
  readonly chain?: string;
  readonly ranges: string;
  readonly blocks: string;
  readonly seed: string;
  readonly against?: string;
  readonly json?: boolean;
}

export function addAudit(program: Command, { root, setExitCode }: CommandContext): void {
  program
    .command('audit')
    .description('hold what is stored against an endpoint and against itself; exit code 1 on findings')
    .addOption(whole('--chain <id>', 'only this chain'))
    .addOption(whole('--ranges <number>', 'ranges to ask for again', 10_000).default('20'))
    .addOption(whole('--blocks <number>', 'blocks of a range', 100_000).default('200'))
    .addOption(whole('--seed <number>', 'same seed, same ranges', 2 ** 32 - 1).default('1'))
    .option('--against <url>', 'another endpoint than those of RPC_URLS; with --chain where there are several')
    .option('--json', 'as JSON')
    .action(async (options: AuditOptions) => {
      const config = await readSettings(process.env);
      const { runAudit } = await import('../../indexer/audit/main.js');
      await onDatabase(root, async (database) => {
        const audits = await runAudit({
          databaseUrl: database.url,
          chainId: toNumber(options.chain),
          ranges: Number(options.ranges),
          blocks: Number(options.blocks),
          seed: Number(options.seed),
          endpoints: config.RPC_URLS,
          against: options.against,
        });
        console.log(options.json ? JSON.stringify(audits, null, 2) : toAuditText(audits));
        if (audits.some(({ findings }) => findings.length > 0)) setExitCode(1);
      });
    });
}

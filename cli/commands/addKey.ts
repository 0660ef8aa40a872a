import type { Command } from 'commander';
import { onDatabase } from '../onDatabase.js';
import type { CommandContext } from './CommandContext.js';
import { whole } from './options.js';
import { toKeysText } from './toKeysText.js';

interface CreateOptions {
  readonly capacity: string;
  readonly rate: string;
  readonly json?: boolean;
}

/** Ten times what somebody without a key may do. */
const DEFAULTS = { capacity: '10000', rate: '500' };

export function addKey(program: Command, context: CommandContext): void {
  const key = program
    .command('key')
    .description('keys of the API: each has a bucket of its own, beside those of addresses (docs/limits.md)')
    .addHelpText('after', keyHelp);
  addCreate(key, context);
  addList(key, context);
  addRevoke(key, context);
}

const keyHelp = `
Examples:
  computescan key create "dashboards of Aurora" --capacity 20000 --rate 1000
  computescan key list
  computescan key revoke 4be1a90c77d2
`;

function addCreate(key: Command, { root }: CommandContext): void {
  key
    .command('create <name>')
    .description('make a key and print it, this once: what is kept of it is a hash')
    .addOption(whole('--capacity <points>', 'points that it may spend at once').default(DEFAULTS.capacity))
    .addOption(whole('--rate <points>', 'points that it gets back a second').default(DEFAULTS.rate))
    .option('--json', 'as JSON')
    .action(async (name: string, { capacity, rate, json = false }: CreateOptions) => {
      const { createKey } = await import('../../api/keys/main.js');
      await onDatabase(root, async (database) => {
        const made = await createKey(database.url, { name, capacity: Number(capacity), perSecond: Number(rate) });
        console.log(json ? JSON.stringify(made, null, 2) : made.token);
        if (!json) console.error(`Key ${made.id}: send it as \`authorization: Bearer …\`. It is shown this once.`);
      });
    });
}

function addList(key: Command, { root }: CommandContext): void {
  key
    .command('list')
    .description('show the keys, what they may spend, and when they were last used')
    .option('--json', 'as JSON')
    .action(async ({ json = false }: { readonly json?: boolean }) => {
      const { listKeys } = await import('../../api/keys/main.js');
      await onDatabase(root, async (database) => {
        const keys = await listKeys(database.url);
        console.log(json ? JSON.stringify(keys, null, 2) : toKeysText(keys));
      });
    });
}

function addRevoke(key: Command, { root }: CommandContext): void {
  key
    .command('revoke <id>')
    .description('take a key back: servers stop taking it within ten seconds')
    .action(async (id: string) => {
      const { revokeKey } = await import('../../api/keys/main.js');
      await onDatabase(root, async (database) => {
        const revokedAt = await revokeKey(database.url, id);
        console.error(`Key ${id} is revoked since ${revokedAt.toISOString()}.`);
      });
    });
}

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { readTelemetryConfig } from '../../indexer/telemetry/config.js';
import { toMessage, UserError } from '../../schema/lib/errors.js';
import { type InstanceKey, openInstanceKey, parsePublicKey } from '../../schema/signing/openInstanceKey.js';
import { onDatabase } from '../onDatabase.js';
import { toKeyFile } from '../toKeyFile.js';
import type { CommandContext } from './CommandContext.js';
import { toNumber, whole } from './options.js';
import { readSettings } from './readSettings.js';
import { toScoreText } from './toScoreText.js';

interface ScoreOptions {
  readonly at?: string;
  readonly json?: boolean;
  readonly explain?: string;
  readonly verify?: boolean;
  readonly verifyFile?: string;
  readonly publicKey?: string;
}

export function addScore(program: Command, context: CommandContext): void {
  program
    .command('score [provider]')
    .description("compute a provider's reputation again, from facts and heartbeats alone; docs/recompute.md")
    .addOption(whole('--at <block>', 'facts up to this block; up to the last one where it is left out'))
    .addOption(whole('--explain <block>', 'also what has changed it since this block'))
    .option('--json', "as canonical JSON, signed with this instance's key")
    .option('--verify', 'hold it against the stored score; exit code 1 if they differ')
    .option('--verify-file <file>', 'check the signature of what --json printed; exit code 1 if it is not right')
    .option(
      '--public-key <key>',
      'by which it is checked: 64 hex digits, or a PEM file; left out, that of this instance',
    )
    .addHelpText('after', scoreHelp)
    .action(async (provider: string | undefined, options: ScoreOptions) => {
      if (options.verifyFile !== undefined) return await verifyFile(options.verifyFile, options, context);
      if (provider === undefined)
        throw new UserError('Expected a provider, got none: give its public id, the beginning of it, or its name.');
      await recompute(provider, options, context);
    });
}

const scoreHelp = `
A provider is named by its public id, the beginning of that, or its name.

Examples:
  computescan score "Aurora Compute"                     its inputs, what they come to, and the score
  computescan score "Aurora Compute" --verify            is it what the explorer shows?
  computescan score "Aurora Compute" --json > score.json
  computescan score --verify-file score.json --public-key 3b6a27bc…
`;

async function recompute(
  provider: string,
  { at, json = false, explain, verify = false }: ScoreOptions,
  { root, setExitCode }: CommandContext,
): Promise<void> {
  await readSettings(process.env);
  const { HEARTBEAT_MIN_OBSERVERS: minObservers } = readTelemetryConfig(process.env);
  const { recomputeScore, toSignedScore } = await import('../../indexer/metrics/recompute/main.js');
  await onDatabase(root, async (database) => {
    const made = await recomputeScore({
      ...{ databaseUrl: database.url, subject: provider, height: toNumber(at), minObservers, verify },
      explainFrom: toNumber(explain),
    });
    console.log(json ? toSignedScore(made, openKey(root)) : toScoreText(made));
    const { differences = [] } = made.verified ?? {};
    if (json) for (const { field, stored, made: now } of differences) console.error(`${field}: ${stored}, not ${now}`);
    if (differences.length > 0) setExitCode(1);
  });
}

async function verifyFile(
  file: string,
  { publicKey }: ScoreOptions,
  { root, setExitCode }: CommandContext,
): Promise<void> {
  const { checkSignedScore } = await import('../../indexer/metrics/recompute/main.js');
  const text = readText(resolve(file));
  const key = publicKey === undefined ? openKey(root).publicKey : parsePublicKey(publicKey, readText);
  const { isRight, signedBy, title } = checkSignedScore(text, { file, key });
  if (isRight) return console.log(`Signed by key ${key.keyId}, and nothing of it has changed: ${title}`);
  const reason =
    signedBy === key.keyId
      ? 'a byte of it has changed since, or the signature has'
      : `it names key ${signedBy}, not ${key.keyId}`;
  console.log(`NOT signed by key ${key.keyId}: ${reason}. It says: ${title}`);
  setExitCode(1);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (thrown) {
    throw new UserError(`Expected a file at ${file}, cannot read it: ${toMessage(thrown)}.`);
  }
}

function openKey(root: string): InstanceKey {
  return openInstanceKey(toKeyFile(root, process.env));
}

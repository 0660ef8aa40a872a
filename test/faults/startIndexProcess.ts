import { fork } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toNetwork } from '../simulation/marketLogs.js';
import { CHAIN_ID, type FaultWorld } from './openFaultWorld.js';

const child = fileURLToPath(new URL('../../dist/cli/child.js', import.meta.url));

export interface IndexProcess {
  readonly pid: number;
  kill(signal: NodeJS.Signals): void;
  readonly exited: Promise<{ readonly code: number | null; readonly output: string }>;
}

/** The file by which a process of its own knows the simulated market; the factory is left to the tests in process. */
export async function writeNetworkFile(folder: string): Promise<string> {
  const { definition } = toNetwork(CHAIN_ID, 1);
  const { capabilities: _, recorded: __, ...rest } = definition;
  const contracts = definition.contracts.filter(({ role }) => role === 'market');
  const file = join(folder, 'networks.json');
  await writeFile(file, JSON.stringify([{ ...rest, contracts, protocol: 'compute-market' }]));
  return file;
}

/** The compiled index role, as `up` starts it. */
export function startIndexProcess(world: FaultWorld, networkFile: string): IndexProcess {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const started = fork(child, ['index'], {
    env: {
      ...env,
      DATABASE_URL: world.databaseUrl,
      COMPUTESCAN_NETWORK_FILE: networkFile,
      COMPUTESCAN_NETWORKS: toNetwork(CHAIN_ID, 1).definition.id,
      RPC_URLS: world.nodes.map(({ url }) => `${CHAIN_ID}=${url}`).join(','),
      INDEX_VERIFY: `${CHAIN_ID}=off`,
      INDEX_POLL_MS: '50',
      INDEX_RANGE_BLOCKS: '10',
      INDEX_PORT: '0',
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: ['--no-warnings'],
  });
  let output = '';
  for (const stream of [started.stdout, started.stderr]) stream?.on('data', (chunk) => (output += String(chunk)));
  return {
    pid: started.pid ?? 0,
    kill: (signal) => void started.kill(signal),
    exited: new Promise((resolve) => started.once('exit', (code) => resolve({ code, output }))),
  };
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { readCpuSeconds } from './startProcess.mjs';

const program = fileURLToPath(new URL('../replay/replayServer.mjs', import.meta.url));

/** The replay node of a chain in a process of its own. */
export async function startNode({ folder, chainId, logTime }) {
  const child = spawn(
    process.execPath,
    ['--max-old-space-size=8192', program, JSON.stringify({ folder, chainId, logTime })],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const port = await readPort(child);
  const get = async (path) => (await fetch(`http://127.0.0.1:${port}${path}`)).json();
  return {
    url: `http://127.0.0.1:${port}`,
    headUrl: `ws://127.0.0.1:${port}`,
    cpuSeconds: () => readCpuSeconds(child.pid),
    readStats: () => get('/stats'),
    /** Forgets what was counted; what is not named keeps its setting. */
    control: (settings) => get(`/control?${new URLSearchParams({ reset: 1, ...settings })}`),
    async stop() {
      if (child.exitCode === null && child.kill()) await once(child, 'exit');
    },
  };
}

async function readPort(child) {
  for await (const line of createInterface({ input: child.stdout })) {
    const [, port] = /^listening (\d+)$/.exec(line) ?? [];
    if (port) return Number(port);
  }
  throw new Error('the replay node ended before it listened');
}

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { currentLoad, mem } from 'systeminformation';
import { gpuColumns, parseNvidiaSmi, type Reading, toPermille } from './parseNvidiaSmi.js';

const TIMEOUT_MS = 3_000;
const execute = promisify(execFile);

/**
 * What this machine does now: its NVIDIA GPUs where it has any, else its processors (since the last call) and main memory. What
 * cannot be read is left out, and nothing takes longer than three seconds.
 */
export async function readMachine(nvidiaSmi: string): Promise<Reading> {
  const [gpus, machine] = await Promise.all([readGpus(nvidiaSmi), readProcessors()]);
  return gpus === 'none' ? machine : gpus;
}

/** `none`: the machine has no such GPUs. A card that does not answer leaves everything open: it is no idle machine. */
async function readGpus(command: string): Promise<Reading | 'none'> {
  const columns = `--query-gpu=${gpuColumns.join(',')}`;
  try {
    const options = { timeout: TIMEOUT_MS, killSignal: 'SIGKILL', maxBuffer: 1024 * 1024 } as const;
    const { stdout } = await execute(command, [columns, '--format=csv,noheader,nounits'], options);
    return parseNvidiaSmi(stdout) ?? 'none';
  } catch (thrown) {
    const { code, stdout } = thrown as { readonly code?: unknown; readonly stdout?: unknown };
    return code === 'ENOENT' || String(stdout).includes('No devices were found') ? 'none' : {};
  }
}

async function readProcessors(): Promise<Reading> {
  const [load, memory] = await Promise.all([inTime(currentLoad()), inTime(mem())]);
  return {
    utilPermille: load && Number.isFinite(load.currentLoad) ? toPermille(load.currentLoad, 100) : undefined,
    memoryPermille: memory ? toPermille(memory.total - memory.available, memory.total) : undefined,
  };
}

async function inTime<T>(reading: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, TIMEOUT_MS, undefined);
  });
  try {
    return await Promise.race([reading.catch(() => undefined), late]);
  } finally {
    clearTimeout(timer);
  }
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';

/** /proc counts processor time in these, on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;
const STOP_AFTER_MS = 15_000;

/** A process whose output goes to a file, and what it and its children cost (Linux; elsewhere the costs are undefined). */
export function startProcess({ command, args, env, cwd, logFile }) {
  const log = openSync(logFile, 'a');
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', log, log] });
  closeSync(log);
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  const ended = once(child, 'exit');
  return {
    pid: child.pid,
    ended,
    kill,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    cpuSeconds: () => readCpuSeconds(child.pid),
    peakMemoryMb: () => sumOver(child.pid, readPeakMemoryMb),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const timer = setTimeout(kill, STOP_AFTER_MS);
      child.kill('SIGTERM');
      await once(child, 'exit');
      clearTimeout(timer);
    },
  };
}

export function readCpuSeconds(pid) {
  return sumOver(pid, (one) => {
    const fields = readStat(one);
    // utime, stime, and those of children that have ended (proc(5), fields 14 to 17).
    return (Number(fields[11]) + Number(fields[12]) + Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND;
  });
}

/** Processor time of the whole machine, without idling (proc_stat(5): all but idle and iowait). */
export function readMachineSeconds() {
  if (process.platform !== 'linux') return undefined;
  const [, ...fields] = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0].split(/\s+/).map(Number);
  return [0, 1, 2, 5, 6].reduce((total, index) => total + fields[index], 0) / TICKS_PER_SECOND;
}

function readPeakMemoryMb(pid) {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
}

/** Over the process and all that descend from it; a process that ends meanwhile counts nothing. */
function sumOver(pid, measure) {
  if (process.platform !== 'linux') return undefined;
  return listTree(pid).reduce((total, one) => {
    try {
      return total + measure(one);
    } catch {
      return total;
    }
  }, 0);
}

function listTree(pid) {
  const children = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const parent = Number(readStat(name)[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    } catch {
      // It has ended since the listing.
    }
  }
  const tree = [pid];
  for (const one of tree) tree.push(...(children.get(one) ?? []));
  return tree;
}

/** The fields after the name, which may hold spaces: state, parent, … */
function readStat(pid) {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

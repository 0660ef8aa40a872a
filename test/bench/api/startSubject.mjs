import { fork } from 'node:child_process';
import { once } from 'node:events';

/**
 * A server in a process of its own, which says where it listens and what it has cost. Its file ends with `serveSubject(listen)`.
 *
 * @param {{ file: URL, settings: object, execPath?: string, execArgv?: string[] }} options
 */
export async function startSubject({ file, settings, execPath = process.execPath, execArgv = [] }) {
  const child = fork(file, [JSON.stringify(settings)], {
    execPath,
    execArgv,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const ask = async (question) => {
    child.send(question);
    const [answer] = await once(child, 'message');
    return answer;
  };
  const [started] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  if (typeof started !== 'object') throw new Error(`${file.pathname.split('/').pop()} ended before it listened`);
  return {
    pid: child.pid,
    port: started.port,
    /** Microseconds of processor time so far, user and system, of all its threads. */
    cpuMicros: async () => (await ask('cpu')).cpuMicros,
    async stop() {
      process.off('exit', kill);
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.disconnect();
      const timer = setTimeout(kill, 10_000);
      await once(child, 'exit');
      clearTimeout(timer);
    },
  };
}

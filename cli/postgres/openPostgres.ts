/**
 * The embedded Postgres: the programs of an npm package, run by us on the loopback interface with a random password.
 * Opening starts the server, or adopts one that already runs on the same folder: another process of ours may share
 * it, or its starter was killed and left it. Whoever started it stops it; an adopter whose starter is gone does too.
 */
import { assertMajor, type Cluster, getCluster } from './cluster.js';
import { greetServer, toUrl } from './connection.js';
import { findRunning, type Running } from './findRunning.js';
import { createHome, getPassword } from './home.js';
import { initCluster } from './initCluster.js';
import { findLiveOwner, releaseOwnership, takeOwnership } from './owner.js';
import { readServerState } from './processes.js';
import { type StartOptions, startServer } from './startServer.js';
import { stopServer } from './stopServer.js';
import { withDirectoryLock } from './withDirectoryLock.js';

export { dropPostgres } from './dropPostgres.js';

export interface EmbeddedPostgres {
  readonly url: string;
  readonly pid: number;
  readonly port: number;
  /** False once the server has ended, wanted or not. */
  isRunning(): boolean;
  /** The server was running already. */
  readonly adopted: boolean;
  /** As the server tells it: `18.4`. */
  readonly version: string;
  /** Ends the server if it is ours to end, else does nothing; resolves when it is gone. */
  stop(): Promise<void>;
}

export interface OpenOptions {
  readonly dataDir: string;
  /** Server settings over the defaults, as after `postgres -c`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Left out: any free one. */
  readonly port?: number;
  readonly onStep?: (text: string) => void;
}

export async function openPostgres(options: OpenOptions): Promise<EmbeddedPostgres> {
  const { dataDir, settings = {}, port, onStep = () => {} } = options;
  const home = createHome(dataDir);
  return withDirectoryLock(home.lockDir, async () => {
    const cluster = getCluster(home, onStep);
    if (cluster.isMade) {
      assertMajor(cluster);
      const running = await findRunning(cluster, getPassword(home));
      if (running) {
        onStep('using the Postgres that is already running');
        return adopt(cluster, running);
      }
    } else {
      onStep('creating the database (first start)');
      await initCluster(cluster);
    }
    onStep('starting Postgres');
    return start({ ...cluster, settings, port, onStep });
  });
}

async function start(options: StartOptions): Promise<EmbeddedPostgres> {
  const password = getPassword(options.home);
  const { pid, port } = await startServer(options);
  try {
    takeOwnership(options.home);
    const version = await greetServer({ password, port });
    return toHandle(options, { pid, port, version, adopted: false, isOurs: true });
  } catch (error) {
    await stopServer(pid, options);
    throw error;
  }
}

function adopt(cluster: Cluster, running: Running): EmbeddedPostgres {
  const isOurs = findLiveOwner(cluster.home) === undefined;
  if (isOurs) takeOwnership(cluster.home);
  return toHandle(cluster, { ...running, adopted: true, isOurs });
}

function toHandle(
  cluster: Cluster,
  { pid, port, version, adopted, isOurs }: Running & { readonly adopted: boolean; readonly isOurs: boolean },
): EmbeddedPostgres {
  let stopped: Promise<void> | undefined;
  const stopOurs = async () => {
    await stopServer(pid, cluster);
    releaseOwnership(cluster.home);
  };
  return {
    url: toUrl({ password: getPassword(cluster.home), port }),
    pid,
    port,
    isRunning: () => readServerState(pid, cluster.clusterDir) === 'alive',
    adopted,
    version,
    async stop() {
      if (isOurs) stopped ??= stopOurs();
      await stopped;
    },
  };
}

import type pg from 'pg';
import type { Anchor } from '../../../schema/heartbeat/typedData.js';
import type { Log } from '../../../schema/lib/log.js';
import type { Network } from '../../../schema/protocols/protocols.js';
import type { Runtime } from '../../lib/runtime.js';
import type { Attendance, TelemetryBus } from '../bus/TelemetryBus.js';
import type { Answer } from './Answer.js';
import type { CallContract } from './askContract.js';
import type { Beacons } from './createBeacons.js';
import type { Buckets } from './createBuckets.js';
import type { Delegations } from './createDelegations.js';
import type { RecoveryPool } from './createRecoveryPool.js';
import type { SeenBeats } from './createSeenBeats.js';
import type { Subjects } from './createSubjects.js';
import type { WorkQueue } from './createWorkQueue.js';
import type { GatewayLimits } from './limits.js';

/** What the parts of a gateway work with. */
export interface GatewayContext {
  readonly pool: pg.Pool;
  readonly bus: Pick<TelemetryBus, 'publish'>;
  readonly observer: number;
  readonly networks: ReadonlyMap<string, ServedNetwork>;
  readonly runtime: Pick<Runtime, 'now' | 'wallTime'>;
  readonly limits: GatewayLimits;
  readonly log: Log;
  /** Hears of batches that are taken or turned away before the bus is asked, for a reason that is the gateway's own. */
  readonly alive: Attendance | undefined;
  /** What the bus itself has thrown. */
  readonly thrownByBus: WeakSet<object>;
  /** 64 hexadecimal digits, or nothing. */
  readonly macKey: string;
  readonly contracts: CallContract | undefined;
  readonly beacons: Beacons;
  readonly delegations: Delegations;
  readonly subjects: Subjects;
  readonly seen: SeenBeats;
  /** Signatures of keys. */
  readonly checks: WorkQueue;
  /** Signatures of accounts. */
  readonly recoveries: RecoveryPool;
  /** Accounts that are contracts, which take an endpoint's time: they wait for each other and for nobody else. */
  readonly contractCalls: WorkQueue;
  /** What openings, notices and revocations ask the database before anybody is known. */
  readonly desk: WorkQueue;
  /** Failures before a signature was found good, by address group. */
  readonly failures: Buckets<string>;
  /** The same by the delegation that was named. */
  readonly namedFailures: Buckets<string>;
  /** Openings, notices and revocations by the nodes that they name, by address group. */
  readonly requests: Buckets<string>;
  /** Sessions that were made, by account. */
  readonly openings: Buckets<string>;
  /** Connections that have brought a good signature, and no bad one since. */
  readonly proven: WeakSet<object>;
  /** Batches that are under way, by delegation and counter. */
  readonly underWay: Map<string, UnderWay>;
  /** Beats that reached the writer, in beats for each node, by delegation. */
  readonly allowance: Buckets<number>;
}

export interface UnderWay {
  readonly fingerprint: number;
  readonly answer: Promise<Answer>;
}

export interface ServedNetwork extends Network {
  readonly anchor: Anchor;
}

/** One request, read to its end. */
export interface Received {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  readonly source: Source;
}

export interface Source {
  /** The /24 or /48 of its address. */
  readonly group: string;
  /** Over TLS, or from this machine: a secret may be told. */
  readonly private: boolean;
  /** Of one sender alone; absent where a proxy carries those of many. */
  readonly connection?: object;
}

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type pg from 'pg';
import type { Hex } from '../../schema/lib/hex.js';
import { toHex } from '../../schema/lib/hex.js';

/** Amounts that break a rule, as the columns of the table `anomaly`. */
export interface FoundAnomaly {
  readonly height: number;
  readonly logIndex: number;
  readonly rule: string;
  readonly subject: string;
  readonly networkId: string;
  readonly token: string;
  readonly expected: bigint;
  readonly got: bigint;
  readonly txHash: Hex;
}

/** Blocks to look at; all of them with -1. What comes of a block depends on it and those before it alone. */
export interface CheckedRange {
  readonly chainId: number;
  readonly above: number;
  readonly to: number;
}

/** Each selects what breaks a rule, and reads from `network.conservation` whom it applies to. */
const statements = ['effect', 'spending', 'belowZero', 'stated', 'closedJob'].map((name) =>
  readFileSync(new URL(`./sql/${name}.sql`, import.meta.url), 'utf8'),
);

/** Changes when a rule does. */
export const methodVersion = createHash('sha256').update(statements.join()).digest('hex').slice(0, 16);

const columns = 'height, log_index, rule, subject, network_id, token, expected, got, time, tx_hash';

export async function findAnomalies(client: pg.ClientBase, range: CheckedRange): Promise<readonly FoundAnomaly[]> {
  const found: FoundAnomaly[] = [];
  for (const statement of statements) {
    const { rows } = await client.query(statement, [range.chainId, range.above, range.to]);
    for (const row of rows) found.push(toAnomaly(row));
  }
  return found;
}

/** Finds and stores them, without a detour through this process. Returns how many. */
export async function recordAnomalies(client: pg.ClientBase, range: CheckedRange): Promise<number> {
  let count = 0;
  for (const statement of statements) {
    const { rowCount } = await client.query(
      `insert into anomaly (chain_id, ${columns}) select $1, ${columns} from (${statement}) found`,
      [range.chainId, range.above, range.to],
    );
    count += rowCount ?? 0;
  }
  return count;
}

/** What is stored of a chain. */
export async function listAnomalies(client: pg.ClientBase, chainId: number): Promise<readonly FoundAnomaly[]> {
  const { rows } = await client.query(
    `select ${columns} from anomaly where chain_id = $1 order by height, log_index, rule, subject`,
    [chainId],
  );
  return rows.map(toAnomaly);
}

interface Row {
  readonly height: number;
  readonly log_index: number;
  readonly rule: string;
  readonly subject: string;
  readonly network_id: string;
  readonly token: string;
  readonly expected: string;
  readonly got: string;
  readonly tx_hash: Buffer;
}

function toAnomaly({ height, log_index, rule, subject, network_id, token, expected, got, tx_hash }: Row): FoundAnomaly {
  return {
    ...{ height, logIndex: log_index, rule, subject, networkId: network_id, token },
    ...{ expected: BigInt(expected), got: BigInt(got), txHash: toHex(tx_hash) },
  };
}

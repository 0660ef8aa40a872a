import type pg from 'pg';
import type { Network } from '../../schema/protocols/protocols.js';
import { createContracts } from '../decode/createContracts.js';
import { createDecoder, type Decode } from '../decode/createDecoder.js';
import { toFilter } from '../decode/toFilter.js';
import type { ChainSource, FetchedRange, Filter } from '../source/ChainSource.js';
import type { AuditedRange, Finding } from './AuditReport.js';
import type { HeightRange } from './chooseRanges.js';
import { compareStored } from './compareStored.js';
import { listAnnounced, listLearned, listStoredLogs } from './storedLogs.js';

export interface RangeAudit {
  readonly ranges: readonly AuditedRange[];
  readonly findings: readonly Finding[];
}

/** Asks for the ranges again and holds what is stored of them against the answers. */
export async function auditRanges(options: {
  readonly pool: pg.Pool;
  readonly chainId: number;
  readonly networks: readonly Network[];
  readonly source: Pick<ChainSource, 'fetchRange'>;
  readonly ranges: readonly HeightRange[];
}): Promise<RangeAudit> {
  const { pool, chainId, networks, source } = options;
  const contracts = createContracts(networks);
  for (const announced of await listAnnounced(pool, chainId)) contracts.add(announced);
  for (const learned of await listLearned(pool, chainId)) contracts.addLearned(learned);
  const filter = toFilter(contracts, networks);
  const decode = createDecoder(contracts);
  const ranges: AuditedRange[] = [];
  const findings: Finding[] = [];
  for (const asked of options.ranges) {
    for (const answer of await fetchAll(source, asked, filter)) {
      const stored = await listStoredLogs(pool, chainId, answer);
      findings.push(...compareStored(listExpected(answer, decode, stored), stored));
      const { from, to, endpoint, level } = answer;
      ranges.push({ from, to, logs: answer.logs.length, endpoint, level });
    }
  }
  return { ranges, findings };
}

/** The range, in as many parts as the endpoint wants it. */
async function fetchAll(
  source: Pick<ChainSource, 'fetchRange'>,
  { from, to }: HeightRange,
  filter: Filter,
): Promise<readonly FetchedRange[]> {
  const answer = await source.fetchRange({ from, to, filter });
  if (answer.kind === 'fetched') return [answer];
  if (from === to) throw new Error(`Block ${from} alone is more than the endpoint answers: ${answer.reason}`);
  const middle = Math.floor((from + to) / 2);
  return [
    ...(await fetchAll(source, { from, to: middle }, filter)),
    ...(await fetchAll(source, { from: middle + 1, to }, filter)),
  ];
}

/** What of an answer the indexer keeps: everything of its contracts, from their announcement on. */
function listExpected({ logs }: FetchedRange, decode: Decode, stored: Awaited<ReturnType<typeof listStoredLogs>>) {
  const unplaced = new Set(
    stored.filter(({ txIndex }) => txIndex < 0).map(({ height, logIndex }) => `${height}-${logIndex}`),
  );
  return logs
    .filter((log) => decode(log).kind !== 'foreign')
    .map((log) => (unplaced.has(`${log.height}-${log.logIndex}`) ? { ...log, txIndex: -1 } : log));
}

import type { ChainStatus, EndpointStatus } from '../../indexer/operator/main.js';
import { toDuration } from '../progress/toProgressLine.js';
import { toTable } from './toTable.js';

/** What an operator wants to know of every chain, for a terminal. */
export function toStatusText(chains: readonly ChainStatus[], now: Date): string {
  if (chains.length === 0) return 'No chain is known yet: the indexer has not begun.';
  return chains.map((chain) => toChainText(chain, now)).join('\n\n');
}

function toChainText(chain: ChainStatus, now: Date): string {
  const facts = toFacts(chain, now).map(([name, value]) => `  ${name.padEnd(9)} ${value}`);
  const table = chain.endpoints.length > 0 ? ['', toEndpointTable(chain.endpoints)] : [];
  return [`${chain.name} (${chain.chainId}): ${chain.phase}`, ...toAlarm(chain), ...facts, ...table].join('\n');
}

function toAlarm({ chainId, phase, phaseReason, height }: ChainStatus): readonly string[] {
  if (phase !== 'halted') return phaseReason ? [`  ${phaseReason}`] : [];
  return [
    `  HALTED: ${phaseReason ?? 'no reason given'}`,
    `  When the endpoints are right: computescan resync --chain ${chainId} --from <height up to ${height ?? 0}> --yes`,
  ];
}

function toFacts(chain: ChainStatus, now: Date): readonly (readonly [string, string])[] {
  const { recorded, digest, rows, lease, quarantined, reorgs, deepestReorg, seenAt } = chain;
  return [
    ['written', toWritten(chain)],
    ...(recorded ? [] : [['final', toFinal(chain)] as const, ['verified', toVerified(chain)] as const]),
    ['reorgs', reorgs === 0 ? 'none' : `${count(reorgs)}, the deepest of ${count(deepestReorg)} blocks`],
    ['set aside', `${count(quarantined)} logs`],
    ['amounts', toAmounts(chain)],
    ['metrics', toRolled(chain)],
    ['digest', digest === null ? 'none yet' : `${digest} over ${count(rows ?? 0)} rows`],
    ...(recorded ? [] : [['source', seenAt ? `answered ${toAge(seenAt, now)}` : 'has not answered yet'] as const]),
    ...(lease ? [['writer', lease.holder] as const] : []),
  ];
}

function toWritten({ height, headHeight, lagBlocks, lagSeconds }: ChainStatus): string {
  if (height === null) return 'nothing yet';
  const behind = lagBlocks ? `, ${count(lagBlocks)} blocks and ${toDuration(lagSeconds ?? 0)} behind` : '';
  return `block ${count(height)}${headHeight === null ? '' : ` of ${count(headHeight)}`}${behind}`;
}

function toAmounts({ checkedHeight, anomalies }: ChainStatus): string {
  const found =
    anomalies === 0 ? 'nothing odd' : `${count(anomalies)} ${anomalies === 1 ? 'anomaly' : 'anomalies'}, see /status`;
  return checkedHeight === null ? `not checked yet, ${found}` : `checked up to block ${count(checkedHeight)}, ${found}`;
}

function toRolled({ rolled, height }: ChainStatus): string {
  const ways = rolled.map((one) => {
    if (one.height === null) return { network: one.network, way: 'not rolled yet' };
    const blocks = height === null ? 0 : height - one.height;
    const behind = blocks > 0 ? `, ${count(blocks)} ${blocks === 1 ? 'block' : 'blocks'} behind` : '';
    return { network: one.network, way: `rolled up to block ${count(one.height)}${behind}` };
  });
  if (ways.length === 1) return ways[0]?.way ?? '';
  return ways.map(({ network, way }) => `${network} ${way}`).join('; ');
}

function toFinal({ safeHeight, finalizedHeight }: ChainStatus): string {
  const safe = safeHeight === null ? 'safe not known' : `safe ${count(safeHeight)}`;
  return finalizedHeight === null ? `not known, ${safe}` : `block ${count(finalizedHeight)}, ${safe}`;
}

const SPANS = 8;

function toVerified({ verified, verifiedShare }: ChainStatus): string {
  if (verifiedShare === null) return 'nothing yet';
  const spans = verified
    .slice(-SPANS)
    .map(({ from, to, level }) => `${level === 'none' ? 'not verified' : level} ${count(from)}-${count(to)}`);
  const earlier = verified.length > SPANS ? `${count(verified.length - SPANS)} earlier ranges, ` : '';
  return `${Math.floor(verifiedShare * 1_000) / 10} % (${earlier}${spans.join(', ')})`;
}

function toEndpointTable(endpoints: readonly EndpointStatus[]): string {
  const heading = [
    'endpoint',
    'role',
    'state',
    'head',
    'latency',
    'rate',
    'requests',
    'calls',
    'received',
    'failed',
    'wrong',
  ];
  const lines = endpoints.map((endpoint) => [
    endpoint.name,
    endpoint.role,
    endpoint.state,
    endpoint.headHeight === null ? '-' : count(endpoint.headHeight),
    endpoint.latencyMs === null ? '-' : `${count(endpoint.latencyMs)} ms`,
    endpoint.rateLimit === null ? '-' : `${count(endpoint.rateLimit)}/s`,
    count(endpoint.requests),
    count(endpoint.calls),
    toSize(endpoint.bytes),
    count(endpoint.failures),
    endpoint.faultReason === null ? count(endpoint.faults) : `${count(endpoint.faults)} (${endpoint.faultReason})`,
  ]);
  return toTable([heading, ...lines], { left: 3 });
}

function toAge(then: Date, now: Date): string {
  return `${toDuration(Math.max(0, (now.getTime() - then.getTime()) / 1000))} ago`;
}

/** Decimal units, one digit behind the point. */
export function toSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1_000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** power;
  return `${power === 0 ? count(value) : value.toFixed(1)} ${units[power]}`;
}

export function count(value: number): string {
  return value.toLocaleString('en');
}

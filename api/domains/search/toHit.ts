import { toHex } from '../../../schema/lib/hex.js';
import { toEventId } from '../../../schema/lib/ids.js';
import type { SearchText } from './parseSearch.js';
import type { Exactness, HitKind, SearchHit } from './SearchHit.js';
import type { BlockRow, EventRow, FoundRow, TransactionRow } from './searchQueries.js';

/** By the rank of a row. */
export const exactnessOf = ['exact', 'prefix', 'contains'] as const satisfies readonly Exactness[];

export function toHit(kind: HitKind, row: FoundRow): SearchHit {
  const { id, name, networkId, rank } = row;
  const native = id.slice(networkId.length + 1);
  // How a job or a task stands is no name of it.
  const isNamed = kind === 'provider' || kind === 'network';
  return {
    ...{ kind, id, path: toPath(kind, row), exactness: exactnessOf[rank] },
    title: (isNamed && name) || native || id,
    subtitle:
      kind === 'network' ? id : [networkId, isNamed || kind === 'buyer' ? null : name].filter(Boolean).join(' · '),
  };
}

function toPath(kind: HitKind, { id, jobId, providerId }: FoundRow): string | null {
  if (kind === 'network') return `/networks/${encodeURIComponent(id)}`;
  if (kind === 'node') return `/nodes/${encodeURIComponent(id)}`;
  // What somebody buys is told by figures.
  if (kind === 'buyer') return `/metrics/economy.gmv?subject=${encodeURIComponent(id)}`;
  return toPage({ jobId, providerId });
}

/** The page that tells of it: of the job where there is one, else of the provider. */
function toPage({
  jobId,
  providerId,
}: {
  readonly jobId: string | null;
  readonly providerId: string | null;
}): string | null {
  if (jobId !== null) return `/jobs/${encodeURIComponent(jobId)}`;
  return providerId === null ? null : `/providers/${encodeURIComponent(providerId)}`;
}

export function toHardwareHit(
  { id, networkId }: { readonly id: string; readonly networkId: string },
  { name, exactness }: { readonly name: string; readonly exactness: Exactness },
): SearchHit {
  const path = `/metrics/price.ask?subject=${encodeURIComponent(id)}`;
  return { kind: 'hardware', id, title: name, subtitle: networkId, path, exactness };
}

export function toTransactionHit(hash: Buffer, { networkId, events, height, ...nouns }: TransactionRow): SearchHit {
  const subtitle = `${networkId} · block ${height} · ${events} ${events === 1 ? 'event' : 'events'}`;
  const id = toHex(hash);
  return { kind: 'transaction', id, title: id, subtitle, path: toPage(nouns), exactness: 'exact' };
}

export function toBlockHit({ chainId, chain, height, time }: BlockRow): SearchHit {
  const subtitle = `${chain} · ${time.toISOString()}`;
  return {
    kind: 'block',
    id: `${chainId}-${height}`,
    title: `Block ${height}`,
    subtitle,
    path: null,
    exactness: 'exact',
  };
}

export function toEventHit(
  [chainId, height, logIndex]: NonNullable<SearchText['place']>,
  { name, networkId, ...nouns }: EventRow,
): SearchHit {
  const id = toEventId({
    chainId: BigInt(chainId).toString(),
    height: BigInt(height).toString(),
    logIndex: BigInt(logIndex).toString(),
  });
  return { kind: 'event', id, title: name, subtitle: networkId, path: toPage(nouns), exactness: 'exact' };
}

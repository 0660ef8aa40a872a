import { Link } from '@remix-run/react';
import { toClean, toCount, toDuration, toUtcSecond } from '../format.js';
import { useNow } from '../now.js';
import { type ChainState, toPhase } from './phases.js';

export interface SiteFooterProps {
  /** Undefined while the API does not answer. */
  readonly chains: readonly ChainState[] | undefined;
  readonly version: string | undefined;
  /** Some events could not be decoded. */
  readonly hasIndexingErrors: boolean;
}

/** What the page is as of: one line a chain, and the version that wrote it. */
export function SiteFooter({ chains, version, hasIndexingErrors }: SiteFooterProps) {
  return (
    <footer className="site-footer">
      <div className="bar">
        <div>
          <p className="footer-title">Data as of</p>
          {chains ? null : <p>Not known at the moment.</p>}
          {chains?.length === 0 ? <p>No chain has been read yet.</p> : null}
          <ul>
            {chains?.map((chain) => (
              <li key={chain.id}>
                <ChainLine chain={chain} />
              </li>
            ))}
          </ul>
          {hasIndexingErrors ? (
            <p>
              Some events could not be decoded and are set aside: <Link to="/status">status</Link> counts them.
            </p>
          ) : null}
        </div>
        <p>
          Computescan{version ? ` ${toClean(version, 24)}` : ''} · open source, Apache-2.0
          <br />
          All times UTC. “—” means no evidence yet; “not recorded” means the protocol does not say.
        </p>
      </div>
    </footer>
  );
}

function ChainLine({ chain }: { readonly chain: ChainState }) {
  const now = useNow();
  const name = toClean(chain.name, 40);
  if (!chain.block) return <>{`${name}: ${toPhase(chain.phase).label.toLowerCase()}, no block yet`}</>;
  const height = `block ${toCount(chain.block.number)}`;
  if (chain.recorded) return <>{`${name}: ${height} (recorded order), ${toPhase(chain.phase).label.toLowerCase()}`}</>;
  const seconds = Math.max(0, Math.round((Date.parse(now) - Date.parse(chain.block.timestamp)) / 1_000));
  return (
    <>
      {name}: {height},{' '}
      <time dateTime={chain.block.timestamp} title={toUtcSecond(chain.block.timestamp)}>
        {toDuration(seconds)} old
      </time>
      , {toFreshness(chain, seconds)}
    </>
  );
}

/** A chain may itself be behind the clock, such as a devnet that is still writing its past. */
const RECENT_SECONDS = 600;

function toFreshness(chain: ChainState, ageSeconds: number): string {
  if (chain.stale) return 'behind';
  if (chain.phase !== 'live') return toPhase(chain.phase).label.toLowerCase();
  return ageSeconds <= RECENT_SECONDS ? 'up to date' : 'the newest its chain has';
}

import { toClean } from '../format.js';
import { ChainProgress } from './ChainProgress.js';
import { Link } from './Link.js';
import type { ChainState } from './phases.js';

export interface ChainNoticesProps {
  readonly chains: readonly ChainState[];
  /** The server has not answered for a moment. */
  readonly lost: boolean;
}

/** What a reader must know before trusting the numbers below: still indexing, behind, halted, cut off. */
export function ChainNotices({ chains, lost }: ChainNoticesProps) {
  const indexing = chains.filter((chain) => chain.phase === 'backfill');
  const halted = chains.filter((chain) => chain.phase === 'halted');
  const stale = chains.filter((chain) => chain.stale && chain.phase !== 'halted');
  return (
    <div className="notices">
      <div role="status">
        {lost ? (
          <p className="notice notice-warning">
            <strong>Connection lost.</strong> What you see may be outdated; it refreshes by itself.
          </p>
        ) : null}
      </div>
      {halted.map((chain) => (
        <p key={chain.id} className="notice notice-warning">
          <strong>{toClean(chain.name, 40)} has halted.</strong> Its numbers stand still; see{' '}
          <Link to="/status">status</Link>.
        </p>
      ))}
      {stale.map((chain) => (
        <p key={chain.id} className="notice notice-warning">
          <strong>{toClean(chain.name, 40)} is behind.</strong> Its newest events are missing below; see{' '}
          <Link to="/status">status</Link>.
        </p>
      ))}
      {indexing.map((chain) => (
        <p key={chain.id} className="notice">
          <strong>Indexing {toClean(chain.name, 40)}:</strong>{' '}
          <ChainProgress
            label={`Indexing ${toClean(chain.name, 40)}`}
            height={chain.block?.number ?? null}
            head={chain.headNumber}
          />
          . Numbers grow until it is done.
        </p>
      ))}
    </div>
  );
}

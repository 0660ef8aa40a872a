import { toClean } from '../format.js';
import { Rich, useText } from '../i18n/useText.js';
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
  const t = useText();
  const status = <Link to="/status">{t('status')}</Link>;
  const indexing = chains.filter((chain) => chain.phase === 'backfill');
  const halted = chains.filter((chain) => chain.phase === 'halted');
  const stale = chains.filter((chain) => chain.stale && chain.phase !== 'halted');
  return (
    <div className="notices">
      <div role="status">
        {lost ? (
          <p className="notice notice-warning">
            <strong>{t('Connection lost.')}</strong> {t('What you see may be outdated; it refreshes by itself.')}
          </p>
        ) : null}
      </div>
      {halted.map((chain) => (
        <p key={chain.id} className="notice notice-warning">
          <strong>{t('{chain} has halted.', { chain: toClean(chain.name, 40) })}</strong>{' '}
          <Rich text="Its numbers stand still; see {status}." status={status} />
        </p>
      ))}
      {stale.map((chain) => (
        <p key={chain.id} className="notice notice-warning">
          <strong>{t('{chain} is behind.', { chain: toClean(chain.name, 40) })}</strong>{' '}
          <Rich text="Its newest events are missing below; see {status}." status={status} />
        </p>
      ))}
      {indexing.map((chain) => (
        <p key={chain.id} className="notice">
          <strong>{t('Indexing {chain}:', { chain: toClean(chain.name, 40) })}</strong>{' '}
          <ChainProgress
            label={t('Indexing {chain}', { chain: toClean(chain.name, 40) })}
            height={chain.block?.number ?? null}
            head={chain.headNumber}
          />
          . {t('Numbers grow until it is done.')}
        </p>
      ))}
    </div>
  );
}

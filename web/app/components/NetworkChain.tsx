import { toClean } from '../format.js';
import { useText } from '../i18n/useText.js';
import { ChainProgress } from './ChainProgress.js';
import { ChainTrust, type ChainTrustProps } from './ChainTrust.js';
import { Link } from './Link.js';
import { type ChainState, toPhase } from './phases.js';
import { When } from './When.js';

export type NetworkChainProps = ChainState &
  Omit<ChainTrustProps, 'block'> & {
    readonly phaseReason: string | null;
    readonly quarantined: number;
  };

/** How far the chain of a network is written, and why that may be believed. */
export function NetworkChain(chain: NetworkChainProps) {
  const t = useText();
  const { label, meaning } = toPhase(chain.phase);
  const name = toClean(chain.name, 40);
  return (
    <section aria-labelledby="chain">
      <h2 id="chain">{t('Its chain')}</h2>
      <p>
        {name}:{' '}
        <span className={chain.stale ? 'badge badge-bad' : 'badge badge-quiet'} title={t(meaning)}>
          {chain.stale ? t('behind') : t(label)}
        </span>{' '}
        {chain.phaseReason ? toClean(chain.phaseReason, 200) : null}
      </p>
      <ChainProgress
        label={t('Written of {chain}', { chain: name })}
        height={chain.block?.number ?? null}
        head={chain.headNumber}
      />
      {chain.block && !chain.recorded ? (
        <p className="muted">
          {t('Last block written:')} <When at={chain.block.timestamp} />
        </p>
      ) : null}
      <ChainTrust {...chain} />
      <p>
        <Link to="/status">{t('All chains, their endpoints and what was set aside')}</Link>
      </p>
    </section>
  );
}

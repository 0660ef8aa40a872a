import { toClean, toCount, toDuration, toUtcSecond } from '../format.js';
import { key } from '../i18n/text.js';
import { Rich, useText } from '../i18n/useText.js';
import { useNow } from '../now.js';
import { LanguageSwitch } from './LanguageSwitch.js';
import { Link } from './Link.js';
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
  const t = useText();
  return (
    <footer className="site-footer">
      <div className="bar">
        <div>
          <p className="footer-title">{t('Data as of')}</p>
          {chains ? null : <p>{t('Not known at the moment.')}</p>}
          {chains?.length === 0 ? <p>{t('No chain has been read yet.')}</p> : null}
          <ul>
            {chains?.map((chain) => (
              <li key={chain.id}>
                <ChainLine chain={chain} />
              </li>
            ))}
          </ul>
          {hasIndexingErrors ? (
            <p>
              <Rich
                text="Some events could not be decoded and are set aside: {status} counts them."
                status={<Link to="/status">{t('status')}</Link>}
              />
            </p>
          ) : null}
        </div>
        <p>
          Computescan{version ? ` ${toClean(version, 24)}` : ''} · {t('open source, Apache-2.0')}
          <br />
          {t(
            'All times UTC. “—” means unknown: no evidence yet; “0” is a value; “unavailable” is known, but not here and now; “not recorded” means the protocol does not say.',
          )}
        </p>
        <LanguageSwitch />
      </div>
    </footer>
  );
}

function ChainLine({ chain }: { readonly chain: ChainState }) {
  const now = useNow();
  const t = useText();
  const name = toClean(chain.name, 40);
  if (!chain.block) return <>{`${name}: ${t(toPhase(chain.phase).word)}, ${t('no block yet')}`}</>;
  const number = toCount(chain.block.number);
  if (chain.recorded) {
    return <>{`${name}: ${t('block {number} (recorded order)', { number })}, ${t(toPhase(chain.phase).word)}`}</>;
  }
  const seconds = Math.max(0, Math.round((Date.parse(now) - Date.parse(chain.block.timestamp)) / 1_000));
  return (
    <>
      {name}: {t('block {number}', { number })},{' '}
      <time dateTime={chain.block.timestamp} title={toUtcSecond(chain.block.timestamp)}>
        {t('{duration} old', { duration: toDuration(seconds) })}
      </time>
      , {t(toFreshness(chain, seconds))}
    </>
  );
}

/** A chain may itself be behind the clock, such as a devnet that is still writing its past. */
const RECENT_SECONDS = 600;

function toFreshness(chain: ChainState, ageSeconds: number): string {
  if (chain.stale) return key('behind');
  if (chain.phase !== 'live') return toPhase(chain.phase).word;
  return ageSeconds <= RECENT_SECONDS ? key('up to date') : key('the newest its chain has');
}

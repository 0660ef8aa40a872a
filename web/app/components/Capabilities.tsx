import { toClean, toLabel } from '../format.js';
import { key } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import type { Capability } from './Missing.js';

const meanings: Readonly<Record<string, string>> = {
  jobs: key('Who agreed on which work, and what became of it'),
  nodes: key('Which machines work for whom'),
  payout: key('What was paid for work'),
  price: key('What is asked, bid and agreed on'),
  stake: key('What is locked as a promise'),
  verification: key('Whether results were checked'),
};

/** What a protocol records on its chain, and why it does not record the rest. */
export function Capabilities({ capabilities }: { readonly capabilities: readonly Capability[] }) {
  const t = useText();
  return (
    <section aria-labelledby="recorded">
      <h2 id="recorded">{t('What it records')}</h2>
      <dl className="facts">
        {capabilities.map(({ name, recorded, reason }) => (
          <div key={name}>
            <dt>{toLabel(name)}</dt>
            <dd>
              {recorded ? (
                <>
                  <span className="badge badge-good">
                    <span aria-hidden="true">✓</span> {t('recorded')}
                  </span>{' '}
                  {meanings[name] ? <span className="muted">{t(meanings[name])}</span> : null}
                </>
              ) : (
                <>
                  <span className="badge badge-quiet">
                    <span aria-hidden="true">–</span> {t('not recorded')}
                  </span>{' '}
                  {reason ? toClean(reason, 240) : null}
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

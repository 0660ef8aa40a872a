import { toClean, toCount } from '../format.js';
import { Rich, useText } from '../i18n/useText.js';

export interface HaltedNoticeProps {
  readonly id: string;
  readonly name: string;
  readonly reason: string | null;
  /** Last written block. */
  readonly height: string | null;
}

/** Why a chain stands still, and what its operator can do about it. */
export function HaltedNotice({ id, name, reason, height }: HaltedNoticeProps) {
  const t = useText();
  const title = t('{chain} has halted', { chain: toClean(name, 40) });
  return (
    <section className="notice notice-warning halted" aria-label={title}>
      <h2>{title}</h2>
      <p>{reason ? toClean(reason, 400) : t('No reason was given.')}</p>
      <p>
        {height === null
          ? t('Pages and API go on with what is written, and say that it is not current.')
          : t('Pages and API go on with what is written up to block {number}, and say that it is not current.', {
              number: toCount(height),
            })}{' '}
        {t('The way out, for its operator:')}
      </p>
      <ol>
        <li>
          <Rich
            text="See what each endpoint says: the table below, or {command}."
            command={<code>computescan status</code>}
          />
        </li>
        <li>
          <Rich
            text="Make sure that {variable} names nodes of this very chain that are in sync."
            variable={<code>RPC_URLS</code>}
          />
        </li>
        <li>
          {t('If the chain did change below its final block, read it again from there:')}{' '}
          <code>computescan resync --chain {id} --from &lt;height&gt; --yes</code>
        </li>
      </ol>
    </section>
  );
}

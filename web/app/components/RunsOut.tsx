import { key, type Translate } from '../i18n/text.js';
import type { Fact } from './Facts.js';
import { NoValue } from './Missing.js';
import { When } from './When.js';

export interface RunsOutProps {
  readonly runsOutAt: string | null;
  readonly runOut: { readonly hasRunOut: boolean | null; readonly reason: string | null } | null;
}

const meaning = key(
  'Computed from deposit, rate and last settlement; no log says it. Operators stop the machine a notice period (5 min) earlier.',
);

/** When the deposit of a job that is paid by the second is used up, or that it has been: a failure that no log speaks of. */
export function toRunsOutFact({ runsOutAt, runOut }: RunsOutProps, t: Translate): Fact {
  const title = t(meaning);
  if (runsOutAt === null)
    return { name: t('Paid until'), title, value: <NoValue reason={runOut?.reason ?? undefined} /> };
  return {
    title,
    name: runOut?.hasRunOut ? t('Deposit used up') : t('Paid until'),
    value: (
      <>
        <When at={runsOutAt} />{' '}
        {runOut?.hasRunOut ? (
          <span className="badge badge-bad">
            <span aria-hidden="true">!</span> {t('unpaid')}
          </span>
        ) : null}{' '}
        <span className="badge badge-quiet">{t('derived')}</span>
      </>
    ),
  };
}

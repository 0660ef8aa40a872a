import { toCount } from '../format.js';
import { key } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import { type LeftOutReason, toLeftOutName, toLeftOutText } from '../toLeftOutText.js';
import { DataTable } from './DataTable.js';
import { Link } from './Link.js';
import { ProviderName, type ProviderNameProps } from './ProviderName.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';

export type LeftOutGroup = 'notEnoughData' | 'offline' | 'excluded';

export interface LeftOutRow {
  readonly id: string;
  readonly provider: ProviderNameProps['provider'];
  readonly reasons: readonly LeftOutReason[];
}

export interface LeftOutSectionProps {
  readonly group: LeftOutGroup;
  readonly count: number;
  readonly rows: readonly LeftOutRow[];
  readonly models: ReadonlyMap<string, string>;
  /** Where more of them stand; absent: these are the last. */
  readonly moreHref?: string | undefined;
}

const groups: Readonly<Record<LeftOutGroup, { readonly title: string; readonly lead: string }>> = {
  notEnoughData: {
    title: key('Not enough data'),
    lead: key('Nobody can tell whether these suit, or what they would cost.'),
  },
  offline: { title: key('Offline'), lead: key('These would suit, and are not there now.') },
  excluded: { title: key('Left out'), lead: key('These do not suit; each with the reason.') },
};

export interface ReasonCountsProps {
  /** How many of all that are not ranked have which reason, the most frequent first. */
  readonly counts: readonly { readonly code: string; readonly providers: number }[];
}

export function ReasonCounts({ counts }: ReasonCountsProps) {
  const t = useText();
  if (counts.length === 0) return null;
  return (
    <div className="reason-counts">
      <p className="muted">{t('Reasons (a provider may have several):')}</p>
      <ul className="chips">
        {counts.map(({ code, providers }) => (
          <li key={code} className="badge badge-quiet">
            {toLeftOutName(t, code)}: {toCount(providers)}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Who is not ranked, below and not hidden: nothing where the group is empty. */
export function LeftOutSection({ group, count, rows, models, moreHref }: LeftOutSectionProps) {
  const t = useText();
  if (count === 0) return null;
  const { title, lead } = groups[group];
  const id = `left-out-${group}`;
  return (
    <section aria-labelledby={id} className="left-out">
      <h2 id={id}>
        {t(title)} ({toCount(count)})
      </h2>
      <p className="muted">{t(lead)}</p>
      <DataTable
        caption={t.count(rows.length, 'The first one, by id', 'The first {n}, by id')}
        label={t(title)}
        head={
          <>
            <ColumnHead>{t('Provider')}</ColumnHead>
            <ColumnHead>{t('Why')}</ColumnHead>
          </>
        }
      >
        {rows.map(({ id: own, provider, reasons }) => (
          <TableRow key={own}>
            <RowHead>
              <ProviderName provider={provider} />
            </RowHead>
            <Cell label={t('Why')}>
              <ul className="plain">
                {reasons.map((reason) => (
                  <li key={reason.code}>{toLeftOutText(t, reason, models)}</li>
                ))}
              </ul>
            </Cell>
          </TableRow>
        ))}
      </DataTable>
      {moreHref ? (
        <p className="after-table">
          <Link to={moreHref}>{t('More of these')}</Link>
        </p>
      ) : null}
    </section>
  );
}

import { toClean } from '../format.js';
import { key } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import { DataTable } from './DataTable.js';
import { Link } from './Link.js';
import { ListSection } from './ListSection.js';
import { type Capability, NoValue } from './Missing.js';
import { Price } from './Price.js';
import type { UsdPrice } from './PriceTable.js';
import { PriceInUsd } from './PriceTable.js';
import { priceBases } from './priceBases.js';
import { ShortPublicId } from './ShortId.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';
import { When } from './When.js';

export interface NodeFiguresProps {
  /** The latest first; one more than are shown where there are more. */
  readonly verifications: readonly {
    readonly id: string;
    readonly at: string;
    readonly height: string;
    readonly mechanism: string;
    readonly result: string;
    readonly task: string | null;
    readonly job: string | null;
  }[];
  readonly prices: readonly {
    readonly id: string;
    readonly basis: string;
    readonly resource: string | null;
    readonly at: string;
    readonly height: string;
    readonly price: UsdPrice;
    readonly job: { readonly id: string; readonly nativeId: string } | null;
  }[];
  readonly network: { readonly recorded: boolean; readonly capabilities: readonly Capability[] };
}

const SHOWN = 10;

const results: Readonly<Record<string, string>> = {
  accepted: key('accepted'),
  rejected: key('rejected'),
  reached: key('consensus reached'),
  revealed: key('result revealed'),
};

const mechanisms: Readonly<Record<string, string>> = {
  consensus: key('consensus'),
  proof: key('proof'),
  tee: key('trusted hardware'),
  acknowledgement: key('word of the buyer'),
};

/** What was said of a machine's work, and what was asked and paid for it. */
export function NodeFigures({ verifications, prices, network }: NodeFiguresProps) {
  const t = useText();
  const { recorded, capabilities } = network;
  return (
    <>
      <div id="verdicts">
        <ListSection
          title={t('Verdicts on its work')}
          count={verifications.length}
          capabilities={capabilities}
          capability="verification"
        >
          <DataTable
            caption={
              verifications.length > SHOWN
                ? t('The latest {count} verdicts', { count: SHOWN })
                : t('All verdicts, latest first')
            }
            label={t('Verdicts on its work')}
            head={
              <>
                <ColumnHead>{t('Task')}</ColumnHead>
                <ColumnHead>{t('Verdict')}</ColumnHead>
                <ColumnHead>{t('By')}</ColumnHead>
                <ColumnHead>{t('Job')}</ColumnHead>
                <ColumnHead className="number">{t('When (UTC)')}</ColumnHead>
              </>
            }
          >
            {verifications.slice(0, SHOWN).map((row) => (
              <TableRow key={row.id}>
                <RowHead>
                  {row.task ? <ShortPublicId id={row.task} /> : <NoValue reason={t('The log names none')} />}
                </RowHead>
                <Cell label={t('Verdict')}>
                  <span className={row.result === 'rejected' ? 'bad' : undefined}>
                    {t(results[row.result] ?? '') || toClean(row.result, 32)}
                  </span>
                </Cell>
                <Cell label={t('By')}>{t(mechanisms[row.mechanism] ?? '') || toClean(row.mechanism, 32)}</Cell>
                <Cell label={t('Job')}>
                  {row.job ? <JobLink id={row.job} /> : <NoValue reason={t('Of no single job')} />}
                </Cell>
                <Cell label={t('When (UTC)')} className="number">
                  <When at={row.at} recordedHeight={recorded ? row.height : undefined} />
                </Cell>
              </TableRow>
            ))}
          </DataTable>
        </ListSection>
      </div>
      <div id="prices">
        <ListSection title={t('Prices')} count={prices.length} capabilities={capabilities} capability="price">
          <DataTable
            caption={
              prices.length > SHOWN ? t('The latest {count} prices', { count: SHOWN }) : t('All prices, latest first')
            }
            label={t('Prices')}
            head={
              <>
                <ColumnHead>{t('Basis')}</ColumnHead>
                <ColumnHead>{t('What')}</ColumnHead>
                <ColumnHead className="number">{t('Price')}</ColumnHead>
                <ColumnHead className="number">USD</ColumnHead>
                <ColumnHead>{t('Job')}</ColumnHead>
                <ColumnHead className="number">{t('When (UTC)')}</ColumnHead>
              </>
            }
          >
            {prices.slice(0, SHOWN).map((row) => (
              <TableRow key={row.id}>
                <RowHead>{t(priceBases[row.basis] ?? '') || toClean(row.basis, 32)}</RowHead>
                <Cell label={t('What')}>{row.resource ? toClean(row.resource, 60) : t('Work')}</Cell>
                <Cell label={t('Price')} className="number">
                  <Price price={row.price} />
                </Cell>
                <Cell label="USD" className="number">
                  <PriceInUsd price={row.price} />
                </Cell>
                <Cell label={t('Job')}>
                  {row.job ? <JobLink id={row.job.id} /> : <NoValue reason={t('Of no single job')} />}
                </Cell>
                <Cell label={t('When (UTC)')} className="number">
                  <When at={row.at} recordedHeight={recorded ? row.height : undefined} />
                </Cell>
              </TableRow>
            ))}
          </DataTable>
        </ListSection>
      </div>
    </>
  );
}

function JobLink({ id }: { readonly id: string }) {
  return (
    <Link to={`/jobs/${encodeURIComponent(id)}`}>
      <ShortPublicId id={id} />
    </Link>
  );
}

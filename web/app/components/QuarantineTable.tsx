import { toClean, toCount } from '../format.js';
import { key } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import { DataTable } from './DataTable.js';
import { ExplorerLink } from './ExplorerLink.js';
import { NetworkName, type NetworkNameProps } from './NetworkName.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';
import { When } from './When.js';

export interface QuarantineRow {
  readonly id: string;
  readonly stage: string;
  readonly reason: string;
  readonly height: string;
  readonly at: string;
  readonly transaction: string;
  readonly network: NetworkNameProps['network'] & { readonly chain: { readonly explorer: string | null } };
}

/** Where an event stopped on its way into the figures. */
const stages: Readonly<Record<string, string>> = {
  decode: key('It could not be decoded'),
  adapt: key('It has no meaning that is known'),
  write: key('It could not be written'),
  odd: key('It is written, and contradicts what came before'),
};

/** The newest events that no figure counts, each with the reason. */
export function QuarantineTable({ logs, count }: { readonly logs: readonly QuarantineRow[]; readonly count: number }) {
  const t = useText();
  return (
    <section aria-labelledby="set-aside">
      <h2 id="set-aside">{t('Set aside')}</h2>
      <p className="muted">{t('Events that could not be understood. They are kept, and nothing waits for them.')}</p>
      <DataTable
        caption={
          count > logs.length
            ? t('The newest {shown} of {n}', { shown: toCount(logs.length), n: toCount(count) })
            : t('All of them')
        }
        label={t('Set aside')}
        head={
          <>
            <ColumnHead>{t('Block')}</ColumnHead>
            <ColumnHead>{t('Network')}</ColumnHead>
            <ColumnHead>{t('Why')}</ColumnHead>
            <ColumnHead>{t('Transaction')}</ColumnHead>
            <ColumnHead className="number">{t('When (UTC)')}</ColumnHead>
          </>
        }
      >
        {logs.map(({ id, stage, reason, height, at, transaction, network }) => (
          <TableRow key={id}>
            <RowHead>{t('Block {number}', { number: toCount(height) })}</RowHead>
            <Cell label={t('Network')}>
              <NetworkName network={network} />
            </Cell>
            <Cell label={t('Why')} className="flaw">
              {t(stages[stage] ?? toClean(stage, 40))}
              <span className="details">{toClean(reason, 200)}</span>
            </Cell>
            <Cell label={t('Transaction')}>
              <ExplorerLink explorer={network.chain.explorer} kind="tx" id={transaction} />
            </Cell>
            <Cell label={t('When (UTC)')} className="number">
              <When at={at} recordedHeight={network.recorded ? height : undefined} />
            </Cell>
          </TableRow>
        ))}
      </DataTable>
    </section>
  );
}

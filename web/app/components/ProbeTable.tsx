import { toClean, toCount } from '../format.js';
import { useText } from '../i18n/useText.js';
import { DataTable } from './DataTable.js';
import { NoValue } from './Missing.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';
import { When } from './When.js';

export interface ProbeRow {
  readonly id: string;
  readonly network: { readonly title: string } | null;
  readonly targets: number;
  readonly fresh: number;
  readonly failing: number;
  readonly prices: number;
  readonly refused: number;
  readonly lastSuccess: string | null;
  readonly lastError: string | null;
}

/** How the asking off chain goes, for prices and for who is there. */
export function ProbeTable({ probes }: { readonly probes: readonly ProbeRow[] }) {
  const t = useText();
  return (
    <DataTable
      caption={t(
        'What is asked off chain, for prices and for who is there; it is no fact, and gets old where nobody answers',
      )}
      label={t('Probes')}
      head={
        <>
          <ColumnHead>{t('Network')}</ColumnHead>
          <ColumnHead>{t('Asks')}</ColumnHead>
          <ColumnHead className="number" title={t('Providers, machines or public sources that are asked')}>
            {t('Targets')}
          </ColumnHead>
          <ColumnHead className="number" title={t('Targets whose last answer is no older than three intervals')}>
            {t('Fresh')}
          </ColumnHead>
          <ColumnHead
            className="number"
            title={t('Targets that gave no answer, or not one that counts, when they were last asked')}
          >
            {t('Failing')}
          </ColumnHead>
          <ColumnHead
            className="number"
            title={t('Prices in the last answers; beside them entries that made no sense')}
          >
            {t('Prices')}
          </ColumnHead>
          <ColumnHead className="number">{t('Last answer (UTC)')}</ColumnHead>
          <ColumnHead>{t('Last flaw')}</ColumnHead>
        </>
      }
    >
      {probes.map((probe) => (
        <Row key={`${probe.network?.title} ${probe.id}`} probe={probe} />
      ))}
    </DataTable>
  );
}

function Row({ probe }: { readonly probe: ProbeRow }) {
  const t = useText();
  const { id, network, targets, fresh, failing, prices, refused, lastSuccess, lastError } = probe;
  return (
    <TableRow>
      <RowHead>{network ? toClean(network.title, 60) : <NoValue reason={t('Not indexed')} />}</RowHead>
      <Cell label={t('Asks')}>
        <code>{toClean(id, 40)}</code>
      </Cell>
      <Cell label={t('Targets')} className="number">
        {toCount(targets)}
      </Cell>
      <Cell label={t('Fresh')} className="number">
        {toCount(fresh)}
      </Cell>
      <Cell label={t('Failing')} className="number">
        <span className={failing === 0 ? undefined : 'bad'}>{toCount(failing)}</span>
      </Cell>
      <Cell label={t('Prices')} className="number">
        <span className="stacked">
          <span>{toCount(prices)}</span>
          {refused === 0 ? null : <span className="age">{t('{n} refused', { n: toCount(refused) })}</span>}
        </span>
      </Cell>
      <Cell label={t('Last answer (UTC)')} className="number">
        {lastSuccess === null ? <NoValue reason={t('No answer yet')} /> : <When at={lastSuccess} />}
      </Cell>
      <Cell label={t('Last flaw')} className="flaw">
        {lastError === null ? <NoValue reason={t('None')} /> : toClean(lastError, 200)}
      </Cell>
    </TableRow>
  );
}

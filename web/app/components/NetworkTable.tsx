import type { NetworkCell, NetworkRow } from '../charts/toNetworkRows.js';
import { toClean, toCount } from '../format.js';
import { key } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import type { Sorting } from '../listState.js';
import { DataTable } from './DataTable.js';
import { toReason } from './FigureTile.js';
import { Link } from './Link.js';
import { NoValue } from './Missing.js';
import { RecordedBadge } from './RecordedBadge.js';
import { SortHeader } from './SortHeader.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';
import { When } from './When.js';

export interface ComparedNetwork {
  readonly id: string;
  readonly title: string;
  readonly recorded: boolean;
  readonly notice: string | null;
  readonly providerCount: string;
  readonly chain: {
    readonly name: string;
    readonly stale: boolean;
    readonly block: { readonly number: string; readonly timestamp: string } | null;
  };
}

export interface NetworkTableProps {
  readonly rows: readonly NetworkRow[];
  readonly networks: readonly ComparedNetwork[];
  readonly sorting: Sorting<string>;
  readonly toHref: (sorting: Sorting<string>) => string;
}

const columns = [
  { id: 'machines', label: key('Machines'), title: key('Registered and not taken off') },
  { id: 'online', label: key('Online'), title: key('Share of the capacity that is there, by heartbeats') },
  { id: 'utilisation', label: key('Utilisation'), title: key('Share of the capacity that is at work') },
  { id: 'price', label: key('Settled price'), title: key('What a GPU-hour was sold for; where none is, a task') },
  {
    id: 'success',
    label: key('Success'),
    title: key('Of tasks that were decided; the lower bound with 95 % confidence below'),
  },
  { id: 'uptime', label: key('Uptime'), title: key('By heartbeats, weighted by capacity') },
  { id: 'payouts', label: key('Payouts a day'), title: key('What reached those who work') },
  { id: 'buyers', label: key('Buyers'), title: key('Who paid for work that day') },
] as const;

/** Networks side by side, by the last day that is over. */
export function NetworkTable({ rows, networks, sorting, toHref }: NetworkTableProps) {
  const t = useText();
  return (
    <DataTable
      caption={t('By the last day that is over; what is older says so')}
      label={t('Networks')}
      className="list"
      head={
        <>
          <ColumnHead>{t('Network')}</ColumnHead>
          <ColumnHead className="number">{t('Providers')}</ColumnHead>
          {columns.map(({ id, label, title }) => (
            <SortHeader
              key={id}
              {...{ sorting, toHref, sortKey: id, label: t(label), title: t(title), numeric: true }}
              first={id === 'price' ? 'asc' : 'desc'}
            />
          ))}
          <SortHeader {...{ sorting, toHref, sortKey: 'asOf', label: t('Figures up to (UTC)'), numeric: true }} />
        </>
      }
    >
      {rows.flatMap((row) => {
        const network = networks.find(({ id }) => id === row.network);
        return network ? [<Row key={row.network} row={row} network={network} />] : [];
      })}
    </DataTable>
  );
}

function Row({ row, network }: { readonly row: NetworkRow; readonly network: ComparedNetwork }) {
  const t = useText();
  const { title, recorded, notice, chain } = network;
  return (
    <TableRow>
      <RowHead>
        <Link to={`/networks/${encodeURIComponent(network.id)}`}>{toClean(title, 60)}</Link>{' '}
        {recorded ? <RecordedBadge notice={notice} /> : null}
        <span className="details">{toClean(chain.name, 40)}</span>
      </RowHead>
      <Cell label={t('Providers')} className="number">
        <Link to={`/providers?network=${encodeURIComponent(network.id)}`}>{toCount(network.providerCount)}</Link>
      </Cell>
      {columns.map(({ id, label }) => (
        <Cell key={id} label={t(label)} className="number">
          <Figure cell={row.cells.find((cell) => cell.id === id)} />
        </Cell>
      ))}
      <Cell label={t('Figures up to (UTC)')} className="number">
        {row.asOfTime ? <When at={row.asOfTime} /> : <NoValue />}
        {chain.stale ? <span className="badge badge-bad">{t('behind')}</span> : null}
      </Cell>
    </TableRow>
  );
}

function Figure({ cell }: { readonly cell: NetworkCell | undefined }) {
  const t = useText();
  if (!cell?.last) return <NoValue reason={cell?.reason ? toReason(cell.reason) : t('No evidence yet')} />;
  const { last, metric, subject, id, title } = cell;
  return (
    <span className="stacked">
      <Link to={`/metrics/${metric}?subject=${encodeURIComponent(subject)}`} title={`${title}: ${last.exact}`}>
        {last.text}
      </Link>
      {last.unit ? <span className="unit details">{last.unit}</span> : null}
      {id === 'success' && last.bounds ? (
        <span className="age details">{t('at least {low}', { low: last.bounds.low })}</span>
      ) : null}
      {last.coverage === null ? null : (
        <span className="age details">{t('{share} known', { share: `${Math.floor(last.coverage * 100)} %` })}</span>
      )}
      {last.isNewest ? null : <span className="age details">{t('on {day}', { day: last.from.slice(0, 10) })}</span>}
    </span>
  );
}

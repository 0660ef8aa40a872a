import { toClean } from '../format.js';
import { DataTable } from './DataTable.js';
import { NoValue } from './Missing.js';
import { ProviderName, type ProviderNameProps } from './ProviderName.js';
import { ShortId } from './ShortId.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';

export interface RemovedTrade {
  readonly day: string;
  readonly buyer: string;
  readonly reason: string;
}

export interface RemovedTradeTableProps {
  readonly caption: string;
  /** The newest day first; with who sold, where the page is not of one provider. */
  readonly trades: readonly (RemovedTrade & { readonly provider?: ProviderNameProps['provider'] })[];
  /** By day, what stands beside the first of it. */
  readonly shares?: Readonly<Record<string, string>>;
}

/** Who traded with whom without that speaking for anybody, and why. */
export function RemovedTradeTable({ caption, trades, shares }: RemovedTradeTableProps) {
  const withProvider = trades.some(({ provider }) => provider);
  return (
    <DataTable
      caption={caption}
      label="Trades that count for nothing"
      className="removed"
      head={
        <>
          <ColumnHead>Day (UTC)</ColumnHead>
          {withProvider ? <ColumnHead>Provider</ColumnHead> : null}
          <ColumnHead>Buyer</ColumnHead>
          <ColumnHead>Why</ColumnHead>
          {shares ? <ColumnHead className="number">Of the day’s pay</ColumnHead> : null}
        </>
      }
    >
      {trades.map(({ day, buyer, reason, provider }, index) => (
        <TableRow key={`${day} ${buyer} ${provider?.id}`}>
          <RowHead>{day.slice(0, 10)}</RowHead>
          {provider ? (
            <Cell label="Provider">
              <ProviderName provider={provider} />
            </Cell>
          ) : null}
          <Cell label="Buyer">
            <ShortId id={buyer} copies />
          </Cell>
          <Cell label="Why">{reasons[reason] ?? toClean(reason, 40)}</Cell>
          {shares ? (
            <Cell label="Of the day’s pay" className="number">
              {trades[index - 1]?.day === day ? null : (shares[day] ?? <NoValue reason="Nothing was paid" />)}
            </Cell>
          ) : null}
        </TableRow>
      ))}
    </DataTable>
  );
}

const reasons: Readonly<Record<string, string>> = {
  sameCluster: 'Buyer and provider are one',
  circulation: 'The money goes round',
  noHistory: 'Nobody else has served this buyer',
};

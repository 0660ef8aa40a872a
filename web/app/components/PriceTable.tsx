import { toClean } from '../format.js';
import { DataTable } from './DataTable.js';
import { NoValue } from './Missing.js';
import { Price, type PriceProps } from './Price.js';
import { ShortId } from './ShortId.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';
import { When } from './When.js';

export interface QuoteRow {
  readonly basis: string;
  readonly resource: string | null;
  readonly node: string | null;
  readonly at: string;
  readonly price: PriceProps['price'];
}

export interface PriceTableProps {
  readonly caption: string;
  readonly quotes: readonly QuoteRow[];
  readonly recorded: boolean;
}

const bases: Readonly<Record<string, string>> = {
  advertised: 'Advertised',
  bid: 'Bid by a buyer',
  settled: 'Settled',
};

export function PriceTable({ caption, quotes, recorded }: PriceTableProps) {
  return (
    <DataTable
      caption={caption}
      label="Prices"
      head={
        <>
          <ColumnHead>What</ColumnHead>
          <ColumnHead>Basis</ColumnHead>
          <ColumnHead>Node</ColumnHead>
          <ColumnHead className="number">Price</ColumnHead>
          <ColumnHead className="number">Since (UTC)</ColumnHead>
        </>
      }
    >
      {quotes.map((quote) => (
        <TableRow key={`${quote.basis} ${quote.resource} ${quote.price.unit} ${quote.node}`}>
          <RowHead>{quote.resource ? toClean(quote.resource, 40) : 'Work'}</RowHead>
          <Cell label="Basis">{bases[quote.basis] ?? toClean(quote.basis, 32)}</Cell>
          <Cell label="Node">
            {quote.node ? <ShortId id={toNative(quote.node)} /> : <NoValue reason="Of any node" />}
          </Cell>
          <Cell label="Price" className="number">
            <Price price={quote.price} />
          </Cell>
          <Cell label="Since (UTC)" className="number">
            {recorded ? <NoValue reason="Recorded without times" /> : <When at={quote.at} />}
          </Cell>
        </TableRow>
      ))}
    </DataTable>
  );
}

/** `<network>:<native id>` */
function toNative(id: string): string {
  return id.slice(id.indexOf(':') + 1);
}

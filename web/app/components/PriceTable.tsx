import { toClean, toCount, toCounted } from '../format.js';
import { useText } from '../i18n/useText.js';
import { DataTable } from './DataTable.js';
import { KnownFrom, type KnownFromProps } from './KnownFrom.js';
import { NoValue } from './Missing.js';
import { Price, type PriceProps } from './Price.js';
import { priceBases } from './priceBases.js';
import { ShortPublicId } from './ShortId.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';
import { Usd, type UsdValue } from './Usd.js';
import { When } from './When.js';

export interface QuoteRow extends KnownFromProps {
  readonly basis: string;
  readonly resource: string | null;
  readonly node: string | null;
  readonly at: string;
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
  readonly price: UsdPrice;
}

type TokenPrice = PriceProps['price'];

export interface UsdPrice extends TokenPrice {
  readonly usd: UsdValue;
  /** Null for a price that is not per time. */
  readonly usdPerHour: UsdValue | null;
  /** Null also where nobody has said how many GPUs it is for. */
  readonly usdPerGpuHour: UsdValue | null;
}

export interface PriceTableProps {
  readonly caption: string;
  readonly quotes: readonly QuoteRow[];
  readonly recorded: boolean;
}

export function PriceTable({ caption, quotes, recorded }: PriceTableProps) {
  const t = useText();
  return (
    <DataTable
      caption={caption}
      label={t('Prices')}
      head={
        <>
          <ColumnHead>{t('What')}</ColumnHead>
          <ColumnHead>{t('Basis')}</ColumnHead>
          <ColumnHead>{t('Node')}</ColumnHead>
          <ColumnHead className="number">{t('Price')}</ColumnHead>
          <ColumnHead className="number" title={t('As of the block that names the price')}>
            USD
          </ColumnHead>
          <ColumnHead className="number" title={t('As of the block that names the price')}>
            {t('USD / GPU-hour')}
          </ColumnHead>
          <ColumnHead className="number">{t('Since (UTC)')}</ColumnHead>
          <ColumnHead
            title={t('A price on chain holds until another one does; one that was asked for may have changed since')}
          >
            {t('Known from')}
          </ColumnHead>
        </>
      }
    >
      {quotes.map((quote) => (
        <TableRow
          key={`${quote.source} ${quote.sourceUrl} ${quote.basis} ${quote.resource} ${quote.price.unit} ${quote.node}`}
        >
          <RowHead>
            {quote.resource ? toClean(quote.resource, 60) : t('Work')}
            <Details attributes={quote.attributes} />
          </RowHead>
          <Cell label={t('Basis')}>{t(priceBases[quote.basis] ?? '') || toClean(quote.basis, 32)}</Cell>
          <Cell label={t('Node')}>
            {quote.node ? <ShortPublicId id={quote.node} copies /> : <NoValue reason={t('Of any node')} />}
          </Cell>
          <Cell label={t('Price')} className="number">
            <Price price={quote.price} />
          </Cell>
          <Cell label="USD" className="number">
            <PriceInUsd price={quote.price} />
          </Cell>
          <Cell label={t('USD / GPU-hour')} className="number">
            {quote.price.usdPerGpuHour ? (
              <Usd usd={quote.price.usdPerGpuHour} />
            ) : (
              <NoValue reason={t('Not a price of known GPUs by time')} />
            )}
          </Cell>
          <Cell label={t('Since (UTC)')} className="number">
            {recorded ? <NoValue reason={t('Recorded without times')} /> : <When at={quote.at} />}
          </Cell>
          <Cell label={t('Known from')}>
            <KnownFrom {...quote} />
          </Cell>
        </TableRow>
      ))}
    </DataTable>
  );
}

function Details({ attributes }: Pick<QuoteRow, 'attributes'>) {
  const details = toDetails(new Map(attributes.map(({ name, value }) => [name, toClean(value, 60)])));
  return details.length === 0 ? null : <span className="details">{details.join(', ')}</span>;
}

/** What of an answer tells one machine, or one order book, from another. */
function toDetails(attributes: ReadonlyMap<string, string>): readonly string[] {
  const of = (name: string, toText: (value: string) => string) => {
    const value = attributes.get(name);
    return value === undefined ? [] : [toText(value)];
  };
  return [
    ...of('gpuModel', (model) => `${attributes.get('gpuCount') ?? '1'} × ${model}`),
    ...of('vramMb', (size) => `${toCount(size)} MiB each`),
    ...of('cpu', (count) => `${count} vCPU`),
    ...of('memoryMb', (size) => `${toCount(size)} MiB`),
    ...of('orders', (count) => toCounted(count, 'order')),
    ...of('tasks', (count) => toCounted(count, 'task')),
  ];
}

/** By the hour where it is a price of time, else by its own unit. */
export function PriceInUsd({ price }: { readonly price: UsdPrice }) {
  const { usd, usdPerHour, unit } = price;
  return usdPerHour ? <Usd usd={usdPerHour} per="hour" /> : <Usd usd={usd} per={unit} />;
}

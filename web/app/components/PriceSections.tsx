import { toClean } from '../format.js';
import { Rich, useText } from '../i18n/useText.js';
import { AskHistogram, type AskHistogramProps } from './AskHistogram.js';
import { EmptyState } from './EmptyState.js';
import { type HardwarePriceRow, HardwarePrices } from './HardwarePrices.js';
import { Link } from './Link.js';
import { ComparedTable, type MetricPoint } from './MetricTable.js';
import { SeriesFigure } from './SeriesFigure.js';
import { type Question, ShowGraphql } from './ShowGraphql.js';

export interface PriceSectionsProps {
  readonly network: { readonly id: string; readonly title: string };
  readonly hardwareName: string | null;
  readonly rows: readonly HardwarePriceRow[];
  readonly book: AskHistogramProps['book'] | null;
  readonly lines: readonly {
    readonly id: string;
    readonly title: string;
    readonly subject: string;
    readonly points: readonly MetricPoint[];
  }[];
  /** What the book, and what the prices over time and by hardware are the answers to. */
  readonly asked: Question;
  readonly question: Question;
}

/** What tiles cannot show of prices: the distribution of asks, hardware side by side, asked beside settled. */
export function PriceSections({ network, hardwareName, rows, book, lines, asked, question }: PriceSectionsProps) {
  const t = useText();
  const title = toClean(network.title, 60);
  const unit = { unit: 'usdPerGpuHour', token: null };
  const known = lines.filter(({ points }) => points.some(({ value }) => value !== null));
  const sentence = t('Asked, bid and settled prices of {network} by day, USD for a GPU-hour', {
    network: hardwareName ? `${hardwareName} · ${title}` : title,
  });
  return (
    <>
      <section aria-labelledby="asks">
        <h2 id="asks">{t('What is asked now')}</h2>
        {book ? <AskHistogram book={book} /> : null}
        <ShowGraphql question={asked} />
      </section>
      <section aria-labelledby="beside">
        <h2 id="beside">{t('Settled beside advertised')}</h2>
        <p className="muted">
          {t('What is asked is not what is paid: the dear ones stand idle, and the cheap ones are taken.')}
        </p>
        {known.length > 0 ? (
          <>
            <SeriesFigure
              lines={known.map(({ title: label, points }) => ({ label, points }))}
              unit={unit}
              interval="day"
              shape="line"
              label={sentence}
            />
            <ComparedTable
              series={known.map((line) => ({ ...line, subject: line.id, name: line.title, unit }))}
              caption={sentence}
              interval="day"
            />
          </>
        ) : (
          <EmptyState title={t('No price of a GPU-hour yet.')} />
        )}
        <ShowGraphql question={question} files={['compared']} />
      </section>
      {rows.length > 0 ? (
        <section aria-labelledby="by-hardware">
          <h2 id="by-hardware">{t('By hardware')}</h2>
          <HardwarePrices
            rows={rows}
            network={network.id}
            caption={t('USD for a GPU-hour: settled and bid of the last day that is over, asked now')}
          />
          <ShowGraphql question={question} files={['market']} />
        </section>
      ) : null}
      <section aria-labelledby="cloud">
        <h2 id="cloud">{t('Beside the list prices of clouds')}</h2>
        <EmptyState title={t('No dated list of a cloud has been read.')}>
          <Rich
            text="A list price is shown only with the day on which it was read and the page it was read from; none is written down here by hand. Nothing reads such a list yet: {probes} ask for prices of a network’s own providers, in its own token. A cloud takes code of its own: a reader of its price list in USD, a table that keeps each price with its day and page, and a figure of the catalogue that is made of them."
            probes={<Link to="/docs/probes">{t('the probes there are')}</Link>}
          />
        </EmptyState>
      </section>
    </>
  );
}

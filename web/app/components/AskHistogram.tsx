import { type HistogramBucket, toHistogram } from '../charts/toHistogram.js';
import { toCount, toUsdAmount, toUtcMinute } from '../format.js';
import { useText } from '../i18n/useText.js';
import { DataTable } from './DataTable.js';
import { EmptyState } from './EmptyState.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';

export interface AskHistogramProps {
  readonly book: {
    readonly asks: number;
    readonly gpus: number;
    readonly freeGpus: number;
    readonly floor: string | null;
    readonly median: string | null;
    readonly notThere: number;
    readonly withoutUsd: number;
    readonly withoutAsk: number;
    readonly at: string | null;
    readonly buckets: readonly HistogramBucket[];
  };
}

const [WIDTH, HEIGHT] = [600, 200];
const [LEFT, TOP, BOTTOM] = [44, 22, 34];

/** What is asked for a GPU-hour now: bars that the server draws on a logarithmic scale, and the same as a table. */
export function AskHistogram({ book }: AskHistogramProps) {
  const t = useText();
  const { asks, gpus, freeGpus, floor, median, at } = book;
  const drawn = median === null ? null : toHistogram(book.buckets, median);
  if (!drawn || floor === null || median === null) {
    return (
      <EmptyState title={t('Nobody asks a price for a GPU-hour here.')}>
        {book.notThere + book.withoutUsd > 0
          ? t('{absent} machines with a price are not there, and of {unpriced} the token has no worth in USD.', {
              absent: book.notThere,
              unpriced: book.withoutUsd,
            })
          : null}
      </EmptyState>
    );
  }
  const sentence = t(
    '{asks} machines with {gpus} GPUs ask from {floor} USD for a GPU-hour; half of the GPUs cost no more than {median} USD',
    {
      ...{ asks: toCount(asks), gpus: toCount(gpus), floor: toUsdAmount(floor).text, median: toUsdAmount(median).text },
    },
  );
  const left = [
    book.notThere > 0 ? t.count(book.notThere, '{n} machine is not there', '{n} machines are not there') : null,
    book.withoutUsd > 0 ? t.count(book.withoutUsd, '{n} has no price in USD', '{n} have no price in USD') : null,
    book.withoutAsk > 0 ? t.count(book.withoutAsk, '{n} names none', '{n} name none') : null,
    drawn.below > 0 ? t.count(drawn.below, '{n} asks less than is drawn', '{n} ask less than is drawn') : null,
    drawn.above > 0 ? t.count(drawn.above, '{n} asks more than is drawn', '{n} ask more than is drawn') : null,
  ].flatMap((one) => one ?? []);
  return (
    <>
      <figure className="histogram-box">
        <figcaption>
          <p>{sentence}.</p>
          <p className="age">
            {t('{free} of the GPUs have no task.', { free: toCount(freeGpus) })}{' '}
            {left.length > 0 ? `${t('Not in it:')} ${left.join(', ')}. ` : null}
            {at ? t('The newest of these prices is of {time} UTC.', { time: toUtcMinute(at) }) : null}
          </p>
        </figcaption>
        <Bars drawn={drawn} label={sentence} floor={floor} median={median} />
      </figure>
      <details className="events">
        <summary>{t('The same as a table')}</summary>
        <DataTable
          caption={sentence}
          label={t('What is asked for a GPU-hour, as a table')}
          head={
            <>
              <ColumnHead>{t('USD for a GPU-hour')}</ColumnHead>
              <ColumnHead className="number">{t('GPUs')}</ColumnHead>
              <ColumnHead className="number">{t('Machines')}</ColumnHead>
            </>
          }
        >
          {book.buckets
            .filter((bucket) => bucket.asks > 0)
            .map((bucket) => (
              <TableRow key={bucket.from}>
                <RowHead>{t('{from} to below {to}', { from: bucket.from, to: bucket.to })}</RowHead>
                <Cell label={t('GPUs')} className="number">
                  {toCount(bucket.gpus)}
                </Cell>
                <Cell label={t('Machines')} className="number">
                  {toCount(bucket.asks)}
                </Cell>
              </TableRow>
            ))}
        </DataTable>
      </details>
    </>
  );
}

interface BarsProps {
  readonly drawn: NonNullable<ReturnType<typeof toHistogram>>;
  readonly label: string;
  readonly floor: string;
  readonly median: string;
}

function Bars({ drawn, label, floor, median }: BarsProps) {
  const t = useText();
  const [wide, high] = [WIDTH - LEFT - 10, HEIGHT - TOP - BOTTOM];
  const x = (place: number) => LEFT + place * wide;
  const marks = [
    { id: 'floor', price: floor, text: t('floor'), at: drawn.toPlace(floor) },
    { id: 'median', price: median, text: t('median'), at: drawn.toPlace(median) },
  ];
  return (
    <svg className="histogram" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <title>{label}</title>
      {drawn.bars.map(({ from, left, width, height }) => (
        <rect
          key={from}
          className="column"
          x={x(left) + 0.75}
          y={TOP + high * (1 - height)}
          width={Math.max(0.5, width * wide - 1.5)}
          height={high * height}
        />
      ))}
      <line className="axis" x1={LEFT} x2={x(1)} y1={TOP + high} y2={TOP + high} />
      <text x={LEFT - 6} y={TOP + 4} textAnchor="end">
        {toCount(drawn.most)}
      </text>
      <text x={LEFT - 6} y={TOP + high + 4} textAnchor="end">
        0
      </text>
      {drawn.ticks.map(({ at, value }) => (
        <text key={value} x={x(at)} y={TOP + high + 15} textAnchor="middle">
          {value}
        </text>
      ))}
      <text x={x(0.5)} y={HEIGHT - 4} textAnchor="middle">
        {t('USD for a GPU-hour, logarithmic; bars count GPUs')}
      </text>
      {marks.map(({ id, price, text, at }) =>
        at === null ? null : (
          <g key={id}>
            <line className={`mark mark-${id}`} x1={x(at)} x2={x(at)} y1={TOP - 4} y2={TOP + high} />
            <text x={x(at) + (id === 'floor' ? 4 : 0)} y={TOP - 8} textAnchor={at > 0.85 ? 'end' : 'start'}>
              {text} {toUsdAmount(price).text}
            </text>
          </g>
        ),
      )}
    </svg>
  );
}

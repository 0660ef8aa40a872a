import { toClean, toUsdAmount } from '../format.js';
import { key } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import { useNow } from '../now.js';
import { Amount } from './Amount.js';
import {
  CapacityCell,
  type CapacityCellProps,
  type HourPrice,
  HourPriceCell,
  ScoreCell,
  SuccessCell,
  type SuccessCellProps,
  UptimeLower,
  UsdCell,
} from './buyerCells.js';
import { CompareTick } from './CompareBasket.js';
import { DataTable } from './DataTable.js';
import { Missing, NoValue } from './Missing.js';
import { NetworkName } from './NetworkName.js';
import { ProviderName, type ProviderNameProps } from './ProviderName.js';
import type { ListNetwork } from './ProviderTable.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';
import { toAge, When } from './When.js';

export interface RankedRow {
  readonly rank: number;
  readonly id: string;
  readonly rankedBy: string;
  readonly expectedCostPerSuccessfulHour: string | null;
  readonly expectedCostPerSuccessfulHourInToken: string;
  readonly totalCost: string | null;
  readonly totalCostInToken: string;
  readonly price: { readonly basis: string };
  readonly advertised: HourPrice | null;
  readonly bid: HourPrice | null;
  readonly settled: HourPrice | null;
  readonly success: SuccessCellProps['success'];
  readonly availability: { readonly lower: string | null; readonly coverage: number | null } | null;
  readonly score: string | null;
  readonly evidence: string | null;
  readonly capacity: CapacityCellProps['capacity'] & { readonly regions: readonly string[] };
  readonly provider: ProviderNameProps['provider'] & {
    readonly network: { readonly id: string };
    readonly stake: string | null;
    readonly lastActiveAt: string;
    readonly lastActiveHeight: string;
  };
}

/** What may be left out; rank and provider always stand. */
export const rankingColumns = [
  {
    id: 'cost',
    label: key('Expected cost'),
    title: key(
      'USD for a GPU-hour that succeeds: price over the lower bound of success. Below it, for all of the workload',
    ),
  },
  { id: 'advertised', label: key('Asked'), title: key('What it asks for a GPU-hour, of machines that suit') },
  { id: 'bid', label: key('Bid'), title: key('The middle of what buyers offered in 30 days') },
  { id: 'settled', label: key('Settled'), title: key('The middle of its last trades of 30 days, none with itself') },
  {
    id: 'success',
    label: key('Success'),
    title: key('At least so many attempts succeed; below it those of 30 days'),
  },
  { id: 'uptime', label: key('Uptime'), title: key('Of 30 days at least; below it how much of them is known') },
  {
    id: 'score',
    label: key('Score'),
    title: key('Reputation of 100 points, a lower bound; below it how much it stands on'),
  },
  { id: 'capacity', label: key('Free / GPUs'), title: key('GPUs that suit: free, and all of them') },
  { id: 'region', label: key('Region'), title: key('Where machines that suit say that they stand') },
  { id: 'stake', label: key('Stake'), title: key('What it has locked now') },
  { id: 'seen', label: key('Last seen (UTC)'), title: key('Latest event on the chain') },
] as const;
export type RankingColumn = (typeof rankingColumns)[number]['id'];

export interface RankingTableProps {
  readonly caption: string;
  readonly rows: readonly RankedRow[];
  readonly networks: readonly ListNetwork[];
  readonly shown: ReadonlySet<RankingColumn>;
}

/** The cheapest first by what an hour that succeeds costs. */
export function RankingTable({ caption, rows, networks, shown }: RankingTableProps) {
  const t = useText();
  const now = useNow();
  const byId = new Map(networks.map((network) => [network.id, network]));
  const terms = new Map(networks.map((network) => [network.id, JSON.stringify(['ranked', ...shown, network])]));
  return (
    <DataTable
      caption={caption}
      label={t('Ranking')}
      className="ranking"
      head={
        <>
          <ColumnHead>{t('Rank and provider')}</ColumnHead>
          {rankingColumns.map(({ id, label, title }) =>
            shown.has(id) ? (
              <ColumnHead key={id} className={id === 'region' ? undefined : 'number'} title={t(title)}>
                {t(label)}
              </ColumnHead>
            ) : null,
          )}
        </>
      }
      rows={rows.flatMap((row) => {
        const network = byId.get(row.provider.network.id);
        if (!network) return [];
        const age = toAge(row.provider.lastActiveAt, now, t);
        const of = `${terms.get(network.id)} ${age} ${JSON.stringify(row)}`;
        return { of, row: <Row key={row.id} row={row} network={network} shown={shown} /> };
      })}
    />
  );
}

interface RowProps {
  readonly row: RankedRow;
  readonly network: ListNetwork;
  readonly shown: ReadonlySet<RankingColumn>;
}

function Row({ row, network, shown }: RowProps) {
  const t = useText();
  const { provider } = row;
  return (
    <TableRow>
      <RowHead>
        <span className="ranked-name">
          <CompareTick provider={provider} />
          <span className="rank">{row.rank}.</span>
          <span>
            <ProviderName provider={provider} />
            <span className="details">
              <NetworkName network={network} />
            </span>
          </span>
        </span>
      </RowHead>
      {rankingColumns.map(({ id, label }) =>
        shown.has(id) ? (
          <Cell key={id} label={t(label)} className={id === 'region' ? undefined : 'number'}>
            <Value id={id} row={row} network={network} />
          </Cell>
        ) : null,
      )}
    </TableRow>
  );
}

function Value({ id, row, network }: Omit<RowProps, 'shown'> & { readonly id: RankingColumn }) {
  const t = useText();
  const { provider, availability, capacity } = row;
  switch (id) {
    case 'cost':
      return <Cost row={row} />;
    case 'advertised':
      return <HourPriceCell price={row.advertised} none={t('It asks no price by the GPU-hour')} />;
    case 'bid':
      return <HourPriceCell price={row.bid} none={t('Nobody bid by the GPU-hour in 30 days')} />;
    case 'settled':
      return <HourPriceCell price={row.settled} none={t('No trade by the GPU-hour in 30 days')} />;
    case 'success':
      return <SuccessCell success={row.success} />;
    case 'uptime':
      return availability ? <UptimeLower {...availability} /> : <NoValue reason={t('It sends no heartbeats')} />;
    case 'score':
      return <ScoreCell score={row.score} evidence={row.evidence} />;
    case 'capacity':
      return <CapacityCell capacity={capacity} />;
    case 'region':
      return capacity.regions.length > 0 ? (
        <span className="region-list">{toClean(capacity.regions.slice(0, 6).join(', '), 80)}</span>
      ) : (
        <NoValue reason={t('Its machines do not say where they stand.')} />
      );
    case 'stake':
      return provider.stake === null || !network.stakeToken ? (
        <Missing capabilities={network.capabilities} capability="stake" />
      ) : (
        <Amount baseUnits={provider.stake} token={network.stakeToken} />
      );
    case 'seen':
      return (
        <When at={provider.lastActiveAt} recordedHeight={network.recorded ? provider.lastActiveHeight : undefined} />
      );
  }
}

function Cost({ row }: { readonly row: RankedRow }) {
  const t = useText();
  const { expectedCostPerSuccessfulHour: cost, totalCost, price } = row;
  const basis = price.basis === 'advertised' ? t('from the price asked') : t('from the price of its last trades');
  if (cost !== null && totalCost !== null) {
    return (
      <strong className="cost">
        <UsdCell value={cost} below={t('{amount} in all', { amount: toUsdAmount(totalCost).text })} title={basis} />
      </strong>
    );
  }
  const symbol = toClean((row.advertised ?? row.settled)?.token.symbol ?? '', 12);
  return (
    <strong className="cost stacked" title={`${row.expectedCostPerSuccessfulHourInToken} ${symbol}. ${basis}`}>
      <span className="amount">
        {toUsdAmount(row.expectedCostPerSuccessfulHourInToken).text} <span className="unit">{symbol}</span>
      </span>
      <span className="age">{t('no price in USD')}</span>
    </strong>
  );
}

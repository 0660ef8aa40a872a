import { toCount, toOutcome } from '../format.js';
import { key } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import type { Sorting } from '../listState.js';
import { useNow } from '../now.js';
import { Amount, type Token } from './Amount.js';
import { ScoreCell, UptimeLower } from './buyerCells.js';
import type { Altered } from './CleanedMark.js';
import { CompareTick } from './CompareBasket.js';
import { DataTable } from './DataTable.js';
import { type Capability, Missing, NoValue } from './Missing.js';
import { NetworkName } from './NetworkName.js';
import { Price, type PriceProps } from './Price.js';
import { ProviderName } from './ProviderName.js';
import { SortHeader } from './SortHeader.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';
import { toAge, When } from './When.js';

export interface ListNetwork {
  readonly id: string;
  readonly title: string;
  readonly recorded: boolean;
  readonly notice: string | null;
  readonly capabilities: readonly Capability[];
  readonly workToken: Token | null;
  readonly stakeToken: Token | null;
}

export interface ProviderRow {
  readonly id: string;
  readonly nativeId: string;
  readonly name: string | null;
  readonly altered: readonly Altered[];
  readonly active: boolean | null;
  readonly network: { readonly id: string };
  readonly jobCount: string | null;
  readonly tasksCompleted: string | null;
  readonly tasksFailed: string | null;
  readonly stake: string | null;
  readonly paid: string | null;
  readonly lastActiveAt: string;
  readonly lastActiveHeight: string;
  readonly latestPrice: PriceProps['price'] | null;
}

/** With what a list says of its reliability. */
export interface ListedProvider extends ProviderRow {
  readonly score: { readonly score: string | null; readonly evidence: string; readonly evidenceWeight: string } | null;
  /** Of heartbeats of 30 days; null: there are none. */
  readonly window: { readonly lower: string | null; readonly coverage: number | null } | null;
}

export interface ProviderTableProps {
  readonly caption: string;
  readonly providers: readonly ListedProvider[];
  readonly networks: readonly ListNetwork[];
  readonly shown: ReadonlySet<ProviderColumn>;
  readonly sorting: Sorting<string>;
  readonly toHref: (sorting: Sorting<string>) => string;
}

/** What may be left out; the provider always stands. `sort` is the API's word. */
export const providerColumns = [
  { id: 'network', sort: null, label: key('Network'), title: key('Where it sells') },
  {
    id: 'price',
    sort: 'latestPrice',
    label: key('Own price'),
    title: key(
      "The provider's own price per unit in its latest job, else what it asked for last; a job's price also holds what others are paid",
    ),
  },
  {
    id: 'tasks',
    sort: 'tasksCompleted',
    label: key('Tasks completed'),
    title: key('Of all tasks that ended; sorts by the number completed'),
  },
  {
    id: 'score',
    sort: 'score',
    label: key('Score'),
    title: key(
      'Reputation of 100 points, a lower bound; below it how much it stands on, and n, its jobs, older ones less',
    ),
  },
  {
    id: 'uptime',
    sort: 'uptimeLower',
    label: key('Uptime'),
    title: key('Of 30 days at least; below it how much of them is known'),
  },
  { id: 'jobs', sort: 'jobs', label: key('Jobs'), title: key('Paid agreements') },
  { id: 'stake', sort: 'stake', label: key('Locked now'), title: key('Stake: what is locked at this moment') },
  { id: 'paid', sort: 'paid', label: key('Paid'), title: key('Tokens received for work, all time') },
  { id: 'seen', sort: 'lastActiveAt', label: key('Last active (UTC)'), title: key('Latest event on the chain') },
] as const;
export type ProviderColumn = (typeof providerColumns)[number]['id'];

export const providerSortKeys = [
  'id',
  ...['latestPrice', 'tasksCompleted', 'score', 'uptimeLower', 'jobs', 'stake', 'paid', 'lastActiveAt'],
] as readonly ProviderSortKey[];
export type ProviderSortKey = 'id' | NonNullable<(typeof providerColumns)[number]['sort']>;

export function ProviderTable({ caption, providers, networks, shown, sorting, toHref }: ProviderTableProps) {
  const t = useText();
  const now = useNow();
  const byId = new Map(networks.map((network) => [network.id, network]));
  const columns = providerColumns.filter(({ id }) => shown.has(id));
  const terms = new Map(networks.map((network) => [network.id, JSON.stringify(['provider', ...shown, network])]));
  return (
    <DataTable
      caption={caption}
      label={t('Providers')}
      className="list provider-list"
      head={
        <>
          <SortHeader label={t('Provider')} sortKey="id" first="asc" sorting={sorting} toHref={toHref} />
          {columns.map(({ id, sort, label, title }) =>
            sort === null ? (
              <ColumnHead key={id} className="network">
                {t(label)}
              </ColumnHead>
            ) : (
              <SortHeader
                key={id}
                sortKey={sort}
                numeric
                sorting={sorting}
                toHref={toHref}
                label={t(label)}
                title={t(title)}
              />
            ),
          )}
        </>
      }
      rows={providers.flatMap((provider) => {
        const network = byId.get(provider.network.id);
        if (!network) return [];
        const row = <Row key={provider.id} provider={provider} network={network} columns={columns} />;
        return {
          row,
          of: `${terms.get(network.id)} ${toAge(provider.lastActiveAt, now, t)} ${JSON.stringify(provider)}`,
        };
      })}
    />
  );
}

interface RowProps {
  readonly provider: ListedProvider;
  readonly network: ListNetwork;
  readonly columns: readonly (typeof providerColumns)[number][];
}

function Row({ provider, network, columns }: RowProps) {
  const t = useText();
  return (
    <TableRow>
      <RowHead>
        <span className="ticked-name">
          <CompareTick provider={provider} />
          <span>
            <ProviderName provider={provider} />{' '}
            {provider.active === false ? <span className="badge badge-quiet">{t('inactive')}</span> : null}
            <span className="narrow-only">
              <NetworkName network={network} />
            </span>
          </span>
        </span>
      </RowHead>
      {columns.map(({ id, label }) => (
        <Cell key={id} label={t(label)} className={id === 'network' ? 'network' : 'number'}>
          <Value id={id} provider={provider} network={network} />
        </Cell>
      ))}
    </TableRow>
  );
}

function Value({ id, provider, network }: Omit<RowProps, 'columns'> & { readonly id: ProviderColumn }) {
  const t = useText();
  const { capabilities, stakeToken, workToken } = network;
  const missing = (capability: string) => <Missing capabilities={capabilities} capability={capability} />;
  const { tasksCompleted, tasksFailed, jobCount, stake, paid, score, window } = provider;
  switch (id) {
    case 'network':
      return <NetworkName network={network} />;
    case 'price':
      return provider.latestPrice ? <Price price={provider.latestPrice} /> : missing('price');
    case 'tasks':
      return toOutcome(tasksCompleted, tasksFailed) ?? missing('jobs');
    case 'score':
      return score ? (
        <ScoreCell score={score.score} evidence={score.evidence} weight={score.evidenceWeight} />
      ) : (
        <NoValue reason={t('No score yet')} />
      );
    case 'uptime':
      return window ? (
        <UptimeLower lower={window.lower} coverage={window.coverage} />
      ) : (
        <NoValue reason={t('It sends no heartbeats')} />
      );
    case 'jobs':
      return jobCount === null ? missing('jobs') : toCount(jobCount);
    case 'stake':
      return stake === null || !stakeToken ? missing('stake') : <Amount baseUnits={stake} token={stakeToken} />;
    case 'paid':
      return paid === null || !workToken ? missing('payout') : <Amount baseUnits={paid} token={workToken} />;
    case 'seen':
      return (
        <When at={provider.lastActiveAt} recordedHeight={network.recorded ? provider.lastActiveHeight : undefined} />
      );
  }
}

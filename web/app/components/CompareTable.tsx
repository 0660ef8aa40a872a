import { toClean, toCount, toUtcMinute } from '../format.js';
import { key } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import {
  type ComparedPart,
  type ComparedRow,
  type ComparedValue,
  type Tokens,
  toComparedText,
  toTokenOf,
} from '../toCompared.js';
import { evidenceGrades } from './buyerCells.js';
import { DataTable } from './DataTable.js';
import { Link } from './Link.js';
import { Missing, NoValue } from './Missing.js';
import { NetworkName } from './NetworkName.js';
import { ProviderName, type ProviderNameProps } from './ProviderName.js';
import type { ListNetwork } from './ProviderTable.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';

export type ComparedProvider = ProviderNameProps['provider'] & { readonly network: ListNetwork };

export interface CompareTableProps {
  readonly part: ComparedPart<ComparedRow>;
  readonly providers: readonly ComparedProvider[];
  /** Names of models by their ids. */
  readonly models: ReadonlyMap<string, string>;
  /** Token of metrics by their ids. */
  readonly metrics: ReadonlyMap<string, string | null>;
  /** Where the comparison without one of them is. */
  readonly toRemoveHref: (id: string) => string;
}

const partTitles: Readonly<Record<string, string>> = {
  decisive: key('In short'),
  offer: key('What it offers'),
  price: key('Prices'),
  reliability: key('Reliability'),
  jobs: key('Jobs'),
  reputation: key('Reputation'),
  economy: key('Stake and pay'),
  unknown: key('Known of none of them'),
};

/** A row for each figure, a column for each provider; the best is marked by a word. */
export function CompareTable({ part, providers, models, metrics, toRemoveHref }: CompareTableProps) {
  const t = useText();
  const title = t(partTitles[part.id] ?? part.id);
  const names = new Map([
    ...models,
    ...providers.map(({ network }) => [network.id, toClean(network.title, 60)] as const),
  ]);
  return (
    <DataTable
      caption={title}
      label={title}
      className="compare"
      head={
        <>
          <ColumnHead>{t('Figure')}</ColumnHead>
          {providers.map((provider) => (
            <ColumnHead key={provider.id}>
              <ProviderName provider={provider} />
              {part.id === 'decisive' ? (
                <span className="details">
                  <NetworkName network={provider.network} />
                  <Link to={toRemoveHref(provider.id)} className="remove">
                    {t('Remove')}
                    <span className="visually-hidden"> {toClean(provider.name || provider.nativeId, 40)}</span>
                  </Link>
                </span>
              ) : null}
            </ColumnHead>
          ))}
        </>
      }
    >
      {part.rows.map((row) => (
        <TableRow key={row.id}>
          <RowHead title={toClean([row.definition, row.caveats ?? ''].join(' '), 400)}>
            {row.title}
            <WindowOf row={row} />
            {row.comparable ? null : <span className="details">{t('not comparable: other tokens or units')}</span>}
          </RowHead>
          {providers.map((provider) => (
            <Cell key={provider.id} label={toClean(provider.name || provider.nativeId, 24)}>
              <Value {...{ row, provider, names, metrics }} />
            </Cell>
          ))}
        </TableRow>
      ))}
    </DataTable>
  );
}

/** Of windows the days, and of all which way is good. */
function WindowOf({ row: { id, better } }: { readonly row: ComparedRow }) {
  const t = useText();
  const days = id.split('@')[1];
  const said = [
    ...(days ? [t('{days} days', { days })] : []),
    ...(better === 'lower' ? [t('less is better')] : better === 'higher' ? [t('more is better')] : []),
  ];
  return said.length > 0 ? <span className="details">{said.join(', ')}</span> : null;
}

interface ValueProps extends Pick<CompareTableProps, 'metrics'> {
  /** Of models and networks, by their ids. */
  readonly names: ReadonlyMap<string, string>;
  readonly row: ComparedRow;
  readonly provider: ComparedProvider;
}

function Value({ row, provider, names, metrics }: ValueProps) {
  const t = useText();
  const value = row.values.find((one) => one.provider === provider.id);
  if (!value) return <NoValue />;
  const { network } = provider;
  const tokens: Tokens = { work: network.workToken, stake: network.stakeToken };
  const shown = toComparedText(row, translated(row, value, t), { token: tokens[toTokenOf(row, metrics)], names });
  if (!shown) return <Unknown value={value} network={network} />;
  const isBest = row.best?.includes(provider.id) ?? false;
  const said = [
    ...(value.samples === null ? [] : [`n ${toCount(value.samples)}`]),
    ...(value.at === null ? [] : [t('as of {time} UTC', { time: toUtcMinute(value.at) })]),
    ...(value.caveat === null ? [] : [toClean(value.caveat, 200)]),
  ];
  return (
    <span className={isBest ? 'compared best' : 'compared'} title={[shown.exact, ...said].filter(Boolean).join(' · ')}>
      <span>
        {shown.text} {shown.unit ? <span className="unit">{shown.unit}</span> : null}
      </span>
      {isBest ? (
        <span className="badge badge-good">{(row.best?.length ?? 0) > 1 ? t('best, shared') : t('best')}</span>
      ) : null}
      {value.caveat === null ? null : <span className="badge badge-bad">{t('with a caveat')}</span>}
    </span>
  );
}

/** Words that the API has of its own. */
const words: Readonly<Record<string, string>> = { yes: key('yes'), no: key('no') };

function translated(row: ComparedRow, value: ComparedValue, t: ReturnType<typeof useText>) {
  const own = row.id === 'score.evidence' ? evidenceGrades : words;
  // The text may be anybody's: `constructor` is a word of theirs and none of ours.
  const word = value.text !== null && Object.hasOwn(own, value.text) ? own[value.text] : undefined;
  return row.unit === 'text' && word !== undefined ? { ...value, text: t(word) } : value;
}

/** What a network does not record is told from what is only not known yet. */
function Unknown({ value, network }: { readonly value: ComparedValue; readonly network: ListNetwork }) {
  const reason = toClean(value.reason ?? '', 240);
  const missing = network.capabilities.find(({ recorded, reason: own }) => !recorded && own && reason.includes(own));
  return missing ? (
    <Missing capabilities={network.capabilities} capability={missing.name} />
  ) : (
    <NoValue reason={reason || undefined} />
  );
}

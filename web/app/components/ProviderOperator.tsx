import { toClean, toCount, toUtcMinute } from '../format.js';
import { key } from '../i18n/text.js';
import { Rich, useText } from '../i18n/useText.js';
import { DataTable } from './DataTable.js';
import { Link } from './Link.js';
import { ProviderName, type ProviderNameProps } from './ProviderName.js';
import { evidenceTitles, toPoints } from './points.js';
import { ShortId } from './ShortId.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';

interface Member {
  readonly provider: ProviderNameProps['provider'];
  readonly links: readonly { readonly account: string; readonly reason: string; readonly since: string }[];
}

export interface ProviderOperatorProps {
  readonly operator: {
    readonly id: string;
    readonly memberCount: number;
    readonly members: readonly Member[];
    readonly score: { readonly at: string; readonly score: string | null; readonly evidence: string } | null;
  };
  /** Whose page it is: it is not named among those it acts as one with. */
  readonly providerId: string;
}

/** Whom a provider acts as one with, and the act that each link rests on. */
export function ProviderOperator({ operator, providerId }: ProviderOperatorProps) {
  const t = useText();
  const { id, memberCount, members, score } = operator;
  const others = members.filter(({ provider }) => provider.id !== providerId);
  const unnamed = memberCount - 1 - others.length;
  return (
    <>
      <h3 id="operator">{t('Acts as one with')}</h3>
      <ul className="names">
        {others.map(({ provider }) => (
          <li key={provider.id}>
            <ProviderName provider={provider} copies />
          </li>
        ))}
        {unnamed > 0 ? <li className="muted">{t('and {count} more', { count: toCount(unnamed) })}</li> : null}
      </ul>
      <p className="lead-in">
        {score?.score ? (
          <>
            <Rich
              text="All {count} together: {score}"
              count={toCount(memberCount)}
              score={
                <Link to={`/metrics/score.reputation?subject=${encodeURIComponent(id)}`}>
                  {t('{points} of 100 points', { points: toPoints(score.score) })}
                </Link>
              }
            />{' '}
            · {t(evidenceTitles[score.evidence] ?? '') || score.evidence}
            <span className="age"> {t('as of {time}', { time: toUtcMinute(score.at) })}</span>
          </>
        ) : (
          <span className="muted">
            {t('No reputation of all {count} together yet.', { count: toCount(memberCount) })}
          </span>
        )}
      </p>
      <DataTable
        caption={t(
          'Accounts that several of them have, each by an act of its own. Whoever has its pay sent to a stranger is linked to it as well: judge by the acts',
        )}
        label={t('What links them')}
        head={
          <>
            <ColumnHead>{t('Account')}</ColumnHead>
            <ColumnHead>{t('Provider')}</ColumnHead>
            <ColumnHead>{t('Because')}</ColumnHead>
            <ColumnHead>{t('Since (UTC)')}</ColumnHead>
          </>
        }
      >
        {listLinks(members).map(({ account, reason, since, provider }) => (
          <TableRow key={`${account} ${provider.id} ${reason}`}>
            <RowHead>
              <ShortId id={account} copies />
            </RowHead>
            <Cell label={t('Provider')}>
              <ProviderName provider={provider} copies />
            </Cell>
            <Cell label={t('Because')}>{t(reasons[reason] ?? '') || toClean(reason, 40)}</Cell>
            <Cell label={t('Since (UTC)')}>{toUtcMinute(since)}</Cell>
          </TableRow>
        ))}
      </DataTable>
    </>
  );
}

/** By account: who has the same one stands together. */
function listLinks(members: readonly Member[]) {
  return members
    .flatMap(({ provider, links }) => links.map((link) => ({ ...link, provider })))
    .toSorted((one, other) => (one.account === other.account ? 0 : one.account < other.account ? -1 : 1));
}

const reasons: Readonly<Record<string, string>> = {
  self: key('It is the provider itself'),
  owner: key('It controls the provider'),
  recipient: key('The provider’s pay is sent there'),
  delegate: key('It signs the provider’s delegations of heartbeats'),
};

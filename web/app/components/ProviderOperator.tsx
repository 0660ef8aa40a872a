import { toClean, toCount, toUtcMinute } from '../format.js';
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
  const { id, memberCount, members, score } = operator;
  const others = members.filter(({ provider }) => provider.id !== providerId);
  const unnamed = memberCount - 1 - others.length;
  return (
    <>
      <h3 id="operator">Acts as one with</h3>
      <ul className="names">
        {others.map(({ provider }) => (
          <li key={provider.id}>
            <ProviderName provider={provider} />
          </li>
        ))}
        {unnamed > 0 ? <li className="muted">and {toCount(unnamed)} more</li> : null}
      </ul>
      <p className="lead-in">
        {score?.score ? (
          <>
            All {toCount(memberCount)} together:{' '}
            <Link to={`/metrics/score.reputation?subject=${encodeURIComponent(id)}`}>
              {toPoints(score.score)} of 100 points
            </Link>{' '}
            · {evidenceTitles[score.evidence] ?? score.evidence}
            <span className="age"> as of {toUtcMinute(score.at)}</span>
          </>
        ) : (
          <span className="muted">No reputation of all {toCount(memberCount)} together yet.</span>
        )}
      </p>
      <DataTable
        caption="Accounts that several of them have, each by an act of its own. Whoever has its pay sent to a stranger is linked to it as well: judge by the acts"
        label="What links them"
        head={
          <>
            <ColumnHead>Account</ColumnHead>
            <ColumnHead>Provider</ColumnHead>
            <ColumnHead>Because</ColumnHead>
            <ColumnHead>Since (UTC)</ColumnHead>
          </>
        }
      >
        {listLinks(members).map(({ account, reason, since, provider }) => (
          <TableRow key={`${account} ${provider.id} ${reason}`}>
            <RowHead>
              <ShortId id={account} />
            </RowHead>
            <Cell label="Provider">
              <ProviderName provider={provider} />
            </Cell>
            <Cell label="Because">{reasons[reason] ?? toClean(reason, 40)}</Cell>
            <Cell label="Since (UTC)">{toUtcMinute(since)}</Cell>
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
  self: 'It is the provider itself',
  owner: 'It controls the provider',
  recipient: 'The provider’s pay is sent there',
  delegate: 'It signs the provider’s delegations of heartbeats',
};

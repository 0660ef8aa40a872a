import { toClean } from '../format.js';
import { Amount, type Token } from './Amount.js';
import { DataTable } from './DataTable.js';
import { NoValue } from './Missing.js';
import { ShortId } from './ShortId.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';
import { When } from './When.js';

export interface StakeRow {
  readonly id: string;
  /** Null where no log names it. */
  readonly account: string | null;
  readonly kind: string;
  readonly amount: string;
  readonly delta: string;
  readonly token: Token;
  readonly at: string;
  readonly height: string;
  readonly transaction: string;
}

export interface StakeTableProps {
  readonly caption: string;
  readonly changes: readonly StakeRow[];
  readonly recorded: boolean;
}

const kinds: Readonly<Record<string, string>> = {
  locked: 'Locked',
  unlocked: 'Unlocked',
  unlocking: 'Unlocking',
  withdrawn: 'Withdrawn',
  rewarded: 'Rewarded',
  credited: 'Credited',
  slashed: 'Slashed',
  moved: 'Moved',
};

export function StakeTable({ caption, changes, recorded }: StakeTableProps) {
  return (
    <DataTable
      caption={caption}
      label="Stake changes"
      head={
        <>
          <ColumnHead>Account</ColumnHead>
          <ColumnHead>What</ColumnHead>
          <ColumnHead className="number">Amount</ColumnHead>
          <ColumnHead className="number" title="What it did to the provider's stake">
            Change of stake
          </ColumnHead>
          <ColumnHead>Transaction</ColumnHead>
          <ColumnHead className="number">When (UTC)</ColumnHead>
        </>
      }
    >
      {changes.map((change) => (
        <TableRow key={change.id}>
          <RowHead>
            {change.account === null ? <NoValue reason="Not named" /> : <ShortId id={change.account} />}
          </RowHead>
          <Cell label="What">
            <span className={change.kind === 'slashed' ? 'bad' : undefined}>
              {kinds[change.kind] ?? toClean(change.kind, 24)}
            </span>
          </Cell>
          <Cell label="Amount" className="number">
            <Amount baseUnits={change.amount} token={change.token} />
          </Cell>
          <Cell label="Change of stake" className="number">
            <Amount baseUnits={change.delta} token={change.token} signed />
          </Cell>
          <Cell label="Transaction">
            <ShortId id={change.transaction} />
          </Cell>
          <Cell label="When (UTC)" className="number">
            <When at={change.at} recordedHeight={recorded ? change.height : undefined} />
          </Cell>
        </TableRow>
      ))}
    </DataTable>
  );
}

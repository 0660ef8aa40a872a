import { isHex, toClean } from '../format.js';
import { useText } from '../i18n/useText.js';
import { toTerm } from '../toTerm.js';
import type { Token } from './Amount.js';
import { DataTable } from './DataTable.js';
import { ShortId } from './ShortId.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';
import { When } from './When.js';

export interface ParameterChangeRow {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly at: string;
  readonly height: string;
  readonly transaction: string;
}

export interface ParameterTableProps {
  readonly changes: readonly ParameterChangeRow[];
  readonly recorded: boolean;
  /** In which some rules are said. */
  readonly stakeToken: Token | null;
  readonly caption: string;
}

/** What the rules of a network were changed to, the newest first, each with its transaction. */
export function ParameterTable({ changes, recorded, stakeToken, caption }: ParameterTableProps) {
  const t = useText();
  return (
    <DataTable
      caption={caption}
      label={caption}
      head={
        <>
          <ColumnHead>{t('Rule')}</ColumnHead>
          <ColumnHead>{t('From then on')}</ColumnHead>
          <ColumnHead className="number">{t('Changed (UTC)')}</ColumnHead>
          <ColumnHead>{t('Transaction')}</ColumnHead>
        </>
      }
    >
      {changes.map((change) => {
        const { name, value, exact } = toTerm(change, stakeToken);
        return (
          <TableRow key={change.id}>
            <RowHead title={toClean(change.name, 80)}>{name}</RowHead>
            <Cell label={t('From then on')} className="wrap" title={exact}>
              {isHex(value) ? <ShortId id={value} copies /> : value}
            </Cell>
            <Cell label={t('Changed (UTC)')} className="number">
              <When at={change.at} recordedHeight={recorded ? change.height : undefined} />
            </Cell>
            <Cell label={t('Transaction')}>
              <ShortId id={change.transaction} copies />
            </Cell>
          </TableRow>
        );
      })}
    </DataTable>
  );
}

import { toCount } from '../format.js';
import { useText } from '../i18n/useText.js';
import { DataTable } from './DataTable.js';
import { NoValue } from './Missing.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';

export interface CapacityRow {
  readonly model: { readonly id: string; readonly name: string } | null;
  readonly machines: number;
  readonly gpus: number | null;
  readonly onlineGpus: number | null;
  readonly freeGpus: number | null;
}

/** What is on offer by hardware: all of it, what is there, and what nobody has taken. */
export function CapacityTable({ capacity }: { readonly capacity: readonly CapacityRow[] }) {
  const t = useText();
  const columns = [
    { name: 'gpus', title: t('GPUs, as claimed'), reason: t('Nobody says how many GPUs they have') },
    { name: 'onlineGpus', title: t('Heard now'), reason: t('None of them sends heartbeats') },
    { name: 'freeGpus', title: t('Free now, at least'), reason: t('Nobody knows which are at work') },
  ] as const;
  return (
    <DataTable
      caption={t('Machines on offer. A task may take fewer GPUs than its machine has: then more are free')}
      label={t('Capacity')}
      head={
        <>
          <ColumnHead>{t('Hardware')}</ColumnHead>
          <ColumnHead className="number">{t('Machines')}</ColumnHead>
          {columns.map(({ name, title }) => (
            <ColumnHead key={name} className="number">
              {title}
            </ColumnHead>
          ))}
        </>
      }
    >
      {capacity.map((row) => (
        <TableRow key={row.model?.id ?? ''}>
          <RowHead>{row.model?.name ?? t('of no known model')}</RowHead>
          <Cell label={t('Machines')} className="number">
            {toCount(row.machines)}
          </Cell>
          {columns.map(({ name, title, reason }) => (
            <Cell key={name} label={title} className="number">
              {row[name] === null ? <NoValue reason={reason} /> : toCount(row[name])}
            </Cell>
          ))}
        </TableRow>
      ))}
    </DataTable>
  );
}

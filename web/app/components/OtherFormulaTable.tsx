import { toCount } from '../format.js';
import { DataTable } from './DataTable.js';
import { toPercent, toPoints } from './points.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';

export interface OtherFormula {
  readonly id: string;
  readonly title: string;
  readonly value: string | null;
  readonly unit: string;
  readonly verdict: string | null;
  readonly reason: string | null;
  readonly inputs: readonly { readonly name: string; readonly value: string }[];
  readonly assumes: string | null;
  readonly note: string;
  readonly source: string;
  readonly ours: string;
}

export interface OtherFormulaTableProps {
  readonly formulas: readonly OtherFormula[];
  readonly score: {
    readonly score: string | null;
    readonly parts: readonly { readonly name: string; readonly value: string | null }[];
  } | null;
}

/** What each formula shows of one history, what ours shows, and what the former does not look at. */
export function OtherFormulaTable({ formulas, score }: OtherFormulaTableProps) {
  return (
    <DataTable
      caption="Each formula on the same recorded history, beside what answers the same question here"
      label="Formulas of others"
      className="formulas"
      head={
        <>
          <ColumnHead>Formula</ColumnHead>
          <ColumnHead>Shows</ColumnHead>
          <ColumnHead>Ours</ColumnHead>
          <ColumnHead>What it does not look at</ColumnHead>
        </>
      }
    >
      {formulas.map((formula) => (
        <TableRow key={formula.id}>
          <RowHead>
            {formula.title} <span className="age">{formula.source}</span>
          </RowHead>
          <Cell label="Shows">
            <Shown formula={formula} />
          </Cell>
          <Cell label="Ours">{toOurs(formula.ours, score)}</Cell>
          <Cell label="What it does not look at">
            {formula.note} {formula.assumes ? <span className="age">Here: {toLower(formula.assumes)}</span> : null}
          </Cell>
        </TableRow>
      ))}
    </DataTable>
  );
}

function Shown({ formula: { value, unit, verdict, reason, inputs } }: { readonly formula: OtherFormula }) {
  if (value === null) {
    return (
      <>
        Not computable from what is recorded. <span className="age">{reason}</span>
      </>
    );
  }
  return (
    <>
      <strong title={value}>{toFigure(value, unit)}</strong> {verdict ? `· ${verdict} ` : null}
      <span className="age">from {inputs.map((input) => `${input.name} ${toInput(input.value)}`).join(', ')}</span>
    </>
  );
}

function toFigure(value: string, unit: string): string {
  if (unit === 'ratio') return toPercent(value);
  if (unit === 'points') return `${toCount(value)} ${value === '1' ? 'point' : 'points'}`;
  return `${toTwoPlaces(value)} deviations`;
}

/** A whole number, or a decimal to four places; all of them are over the API. */
function toInput(value: string): string {
  const [whole = '0', fraction = ''] = value.split('.');
  const kept = fraction.slice(0, 4).replace(/0+$/, '');
  return kept === '' ? toCount(whole) : `${toCount(whole)}.${kept}`;
}

function toTwoPlaces(value: string): string {
  const [whole = '0', fraction = ''] = value.replace('-', '').split('.');
  return `${value.startsWith('-') ? '−' : ''}${whole}.${fraction.padEnd(2, '0').slice(0, 2)}`;
}

function toLower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** By the metric that answers the same question: the reputation itself, or one of its parts. */
function toOurs(metric: string, score: OtherFormulaTableProps['score']): string {
  if (!score) return 'not made yet';
  if (metric === 'score.reputation')
    return score.score === null ? 'no evidence' : `${toPoints(score.score)} of 100 points`;
  const part = score.parts.find(({ name }) => `score.${name}` === metric);
  if (!part || part.value === null) return 'not recorded';
  return `at least ${toPercent(part.value)}`;
}

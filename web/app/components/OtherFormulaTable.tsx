import { toCount } from '../format.js';
import type { Translate } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
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
  const t = useText();
  return (
    <DataTable
      caption={t('Each formula on the same recorded history, beside what answers the same question here')}
      label={t('Formulas of others')}
      className="formulas"
      head={
        <>
          <ColumnHead>{t('Formula')}</ColumnHead>
          <ColumnHead>{t('Shows')}</ColumnHead>
          <ColumnHead>{t('Ours')}</ColumnHead>
          <ColumnHead>{t('What it does not look at')}</ColumnHead>
        </>
      }
    >
      {formulas.map((formula) => (
        <TableRow key={formula.id}>
          <RowHead>
            {formula.title} <span className="age">{formula.source}</span>
          </RowHead>
          <Cell label={t('Shows')}>
            <Shown formula={formula} />
          </Cell>
          <Cell label={t('Ours')}>{toOurs(t, formula.ours, score)}</Cell>
          <Cell label={t('What it does not look at')}>
            {formula.note}{' '}
            {formula.assumes ? (
              <span className="age">{t('Here: {assumed}', { assumed: toLower(formula.assumes) })}</span>
            ) : null}
          </Cell>
        </TableRow>
      ))}
    </DataTable>
  );
}

function Shown({ formula: { value, unit, verdict, reason, inputs } }: { readonly formula: OtherFormula }) {
  const t = useText();
  if (value === null) {
    return (
      <>
        {t('Not computable from what is recorded.')} <span className="age">{reason}</span>
      </>
    );
  }
  return (
    <>
      <strong title={value}>{toFigure(t, value, unit)}</strong> {verdict ? `· ${verdict} ` : null}
      <span className="age">
        {t('from {inputs}', { inputs: inputs.map((input) => `${input.name} ${toInput(input.value)}`).join(', ') })}
      </span>
    </>
  );
}

function toFigure(t: Translate, value: string, unit: string): string {
  if (unit === 'ratio') return toPercent(value);
  if (unit === 'points') return t.count(value, '{n} point', '{n} points');
  return t('{value} deviations', { value: toTwoPlaces(value) });
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
function toOurs(t: Translate, metric: string, score: OtherFormulaTableProps['score']): string {
  if (!score) return t('not made yet');
  if (metric === 'score.reputation')
    return score.score === null ? t('no evidence') : t('{points} of 100 points', { points: toPoints(score.score) });
  const part = score.parts.find(({ name }) => `score.${name}` === metric);
  if (!part || part.value === null) return t('not recorded');
  return t('at least {share}', { share: toPercent(part.value) });
}

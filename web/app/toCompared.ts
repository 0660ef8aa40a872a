import { toClean, toCount } from './format.js';
import { type FigureUnit, formatFigure, type ShownFigure } from './formatFigure.js';

export interface ComparedRow {
  readonly id: string;
  readonly group: string;
  readonly title: string;
  readonly unit: string;
  readonly definition: string;
  readonly caveats: string | null;
  readonly better: string | null;
  readonly best: readonly string[] | null;
  readonly differ: boolean | null;
  readonly comparable: boolean;
  readonly values: readonly ComparedValue[];
}

export interface ComparedValue {
  readonly provider: string;
  readonly value: string | null;
  readonly text: string | null;
  readonly samples: string | null;
  readonly at: string | null;
  readonly reason: string | null;
  readonly caveat: string | null;
}

export interface Tokens {
  readonly work: FigureUnit['token'];
  readonly stake: FigureUnit['token'];
}

/** Which token amounts of a row are in; of metrics the catalogue says it. */
export function toTokenOf(row: Pick<ComparedRow, 'id'>, metrics: ReadonlyMap<string, string | null>): keyof Tokens {
  const [metric = row.id] = row.id.split('@');
  const said = metrics.get(metric);
  if (said === 'work' || said === 'stake') return said;
  return /^economy\.(bonded|rewarded|everSlashed)$/.test(row.id) ? 'stake' : 'work';
}

/** A value as people say it aloud; undefined: nothing is known, see its reason. */
export function toComparedText(
  row: Pick<ComparedRow, 'id' | 'unit'>,
  { value, text }: Pick<ComparedValue, 'value' | 'text'>,
  given: { readonly token: FigureUnit['token']; readonly names: ReadonlyMap<string, string> },
): ShownFigure | undefined {
  if (value === null && text === null) return undefined;
  if (value === null || row.unit === 'text') {
    const named = (text ?? '').split(', ').map((one) => given.names.get(one) ?? one);
    return { text: toClean(named.join(', '), 160), unit: '', exact: toClean(text ?? '', 160) };
  }
  if (row.unit === 'token')
    return { ...formatFigure(value, { unit: 'usd', token: null }), unit: toClean(text ?? '', 40) };
  if (row.unit === 'gpus') return { text: toCount(value), unit: 'GPUs', exact: value };
  return formatFigure(value, { unit: row.unit, token: given.token });
}

/** What decides, in the order in which a buyer asks; the rest follows by what it is about. */
const decisive = [
  'price.expectedCost',
  'price.advertised',
  'price.settled',
  'jobs.successLower',
  'reliability.windowLower@30',
  'score.reputation',
  'score.evidence',
  'offer.freeGpus',
  'offer.models',
  'offer.regions',
  'economy.bonded',
];

export interface ComparedPart<Row> {
  /** `decisive`, `unknown`, or a group of the API. */
  readonly id: string;
  readonly rows: readonly Row[];
}

/** Rows in parts: what decides comes first, what is known of nobody last, none of them twice. */
export function toComparedParts<Row extends ComparedRow>(
  rows: readonly Row[],
  { differencesOnly }: { readonly differencesOnly: boolean },
): readonly ComparedPart<Row>[] {
  const kept = differencesOnly ? rows.filter(({ differ }) => differ === true) : rows;
  const isKnown = (row: Row) => row.values.some(({ value, text }) => value !== null || text !== null);
  const first = decisive.flatMap((id) => kept.find((row) => row.id === id) ?? []);
  const rest = kept.filter((row) => !first.includes(row) && isKnown(row));
  const groups = [...new Set(rest.map(({ group }) => group))];
  return [
    { id: 'decisive', rows: first },
    ...groups.map((id) => ({ id, rows: rest.filter(({ group }) => group === id) })),
    { id: 'unknown', rows: kept.filter((row) => !first.includes(row) && !isKnown(row)) },
  ].filter((part) => part.rows.length > 0);
}

import { toAmount, toClean, toShort } from './format.js';

export interface AnomalyFacts {
  readonly rule: string;
  readonly subject: string | null;
  readonly expected: string | null;
  readonly got: string | null;
  readonly reason: string | null;
  readonly token: { readonly symbol: string; readonly decimals: number } | null;
}

/** What does not fit together, in a sentence for people. */
export function toAnomalySentence(anomaly: AnomalyFacts): string {
  const { rule, subject, expected, got, reason, token } = anomaly;
  if (reason !== null) return toClean(reason, 240);
  const write = sentences[rule];
  if (!write || expected === null || got === null) return `The facts break the rule ${toClean(rule, 40)}.`;
  return write({ ...toTexts({ expected, got }, token), subject: toName(subject) });
}

interface Words {
  readonly expected: string;
  readonly got: string;
  readonly subject: string;
}

const sentences: Readonly<Record<string, (words: Words) => string>> = {
  spending: ({ expected, got }) => `${expected} were spent from escrow and ${got} were paid.`,
  escrow: ({ subject, got }) => `What is held for ${subject} fell to ${got}.`,
  stake: ({ subject, got }) => `The stake bonded to ${subject} fell to ${got}.`,
  statedEscrow: toStated,
  statedStake: toStated,
  closedJob: ({ subject, got }) => `What is held for ${subject} changed by ${got} after its end.`,
  effect: ({ subject, expected, got }) => `A change of ${expected} to ${subject} counts as ${got}.`,
};

function toStated({ subject, expected, got }: Words): string {
  return `A log says that ${subject} has ${got}; the changes before it come to ${expected}.`;
}

/** To the last digit where the amounts would look the same otherwise. */
function toTexts(amounts: { readonly expected: string; readonly got: string }, token: AnomalyFacts['token']) {
  const [expected, got] = [
    toAmount(amounts.expected, token?.decimals ?? 0),
    toAmount(amounts.got, token?.decimals ?? 0),
  ];
  const form = expected.text === got.text ? 'exact' : 'text';
  const unit = token ? toClean(token.symbol, 12) : 'base units';
  return { expected: `${expected[form]} ${unit}`, got: `${got[form]} ${unit}` };
}

/** Of a public id the part that a reader knows from elsewhere. */
function toName(subject: string | null): string {
  return subject === null ? 'somebody' : toShort(subject.slice(subject.indexOf(':') + 1));
}

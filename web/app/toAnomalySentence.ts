import { toAmount, toClean, toShort } from './format.js';
import { key, type Translate, toTranslate } from './i18n/text.js';

export interface AnomalyFacts {
  readonly rule: string;
  readonly subject: string | null;
  readonly expected: string | null;
  readonly got: string | null;
  readonly reason: string | null;
  readonly token: { readonly symbol: string; readonly decimals: number } | null;
}

/** What does not fit together, in a sentence for people. */
export function toAnomalySentence(anomaly: AnomalyFacts, t: Translate = toTranslate('en')): string {
  const { rule, subject, expected, got, reason, token } = anomaly;
  if (reason !== null) return toClean(reason, 240);
  const sentence = sentences[rule];
  if (!sentence || expected === null || got === null) {
    return t('The facts break the rule {rule}.', { rule: toClean(rule, 40) });
  }
  return t(sentence, { ...toTexts({ expected, got }, { token, t }), subject: toName(subject) ?? t('somebody') });
}

const stated = key('A log says that {subject} has {got}; the changes before it come to {expected}.');

const sentences: Readonly<Record<string, string>> = {
  spending: key('{expected} were spent from escrow and {got} were paid.'),
  escrow: key('What is held for {subject} fell to {got}.'),
  stake: key('The stake bonded to {subject} fell to {got}.'),
  statedEscrow: stated,
  statedStake: stated,
  closedJob: key('What is held for {subject} changed by {got} after its end.'),
  effect: key('A change of {expected} to {subject} counts as {got}.'),
};

/** To the last digit where the amounts would look the same otherwise. */
function toTexts(
  amounts: { readonly expected: string; readonly got: string },
  { token, t }: { readonly token: AnomalyFacts['token']; readonly t: Translate },
) {
  const [expected, got] = [
    toAmount(amounts.expected, token?.decimals ?? 0),
    toAmount(amounts.got, token?.decimals ?? 0),
  ];
  const form = expected.text === got.text ? 'exact' : 'text';
  const unit = token ? toClean(token.symbol, 12) : t('base units');
  return { expected: `${expected[form]} ${unit}`, got: `${got[form]} ${unit}` };
}

/** Of a public id the part that a reader knows from elsewhere. */
function toName(subject: string | null): string | undefined {
  return subject === null ? undefined : toShort(subject.slice(subject.indexOf(':') + 1));
}

import { toAmount, toClean, toCount, toDuration, toLabel, toShort } from './format.js';

export interface Term {
  readonly name: string;
  readonly value: string;
  /** As the chain has it, where that is not what is shown. */
  readonly exact?: string;
}

interface Unit {
  /** What a name says of its unit, and the label does not repeat. */
  readonly suffix: string;
  readonly show: (value: string) => Omit<Term, 'name'>;
}

const suffixes: readonly Unit[] = [
  { suffix: 'Ppm', show: toShareOf(6) },
  { suffix: 'Bps', show: toShareOf(4) },
  { suffix: 'Seconds', show: (value) => ({ value: toDuration(Number(value)), exact: `${toCount(value)} s` }) },
];

/** Names that do not say their unit, by the contracts that give them their meaning. */
const units = new Map<string, Unit['show'] | 'stake'>([
  // Livepeer's MathUtilsV2.
  ['inflation', toShareOf(9)],
  // ComputeMarket.
  ['minimumStake', 'stake'],
]);

/** A term or a rule as a reader knows it: `rewardCutPpm` of 125000 is "Reward cut" of "12.5 %"; what it is a rule of stands behind it. */
export function toTerm(
  term: { readonly name: string; readonly value: string },
  stakeToken: { readonly symbol: string; readonly decimals: number } | null = null,
): Term {
  const [own = '', ...rest] = term.name.split(':');
  const subject = rest.length > 0 ? ` ${toShort(rest.join(':'))}` : '';
  if (!/^\d{1,60}$/.test(term.value)) return { name: toLabel(own) + subject, value: toClean(term.value, 120) };
  const known = units.get(own);
  if (known === 'stake' && stakeToken) {
    const { text, exact } = toAmount(term.value, stakeToken.decimals);
    const symbol = toClean(stakeToken.symbol, 12);
    return { name: toLabel(own) + subject, value: `${text} ${symbol}`, exact: `${exact} ${symbol}` };
  }
  if (typeof known === 'function') return { name: toLabel(own) + subject, ...known(term.value) };
  const unit = suffixes.find(({ suffix }) => own.endsWith(suffix));
  if (unit) return { name: toLabel(own.slice(0, -unit.suffix.length)) + subject, ...unit.show(term.value) };
  return { name: toLabel(own) + subject, value: toCount(term.value) };
}

/** Parts of a power of ten as percent, to the last digit. */
function toShareOf(digits: number): Unit['show'] {
  return (value) => ({
    value: `${toAmount(value, digits - 2).exact} %`,
    exact: `${toCount(value)} of ${toCount(String(10n ** BigInt(digits)))}`,
  });
}

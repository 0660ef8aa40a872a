import { toPercent } from './components/points.js';
import { toClean, toCount, toUsdAmount } from './format.js';
import { key, type Translate } from './i18n/text.js';

export interface LeftOutReason {
  readonly code: string;
  readonly expected: string | null;
  readonly got: string | null;
}

interface Words {
  /** For a count of those who have it. */
  readonly short: string;
  /** Where nothing is known of its case. */
  readonly plain: string;
  /** With `{expected}`, `{got}` or both; it takes both to be known. */
  readonly full?: string;
}

/** Every reason of the API for which a provider is not ranked, for people; a test compares them. */
export const leftOutWords: Readonly<Record<string, Words>> = {
  RECORDED_HISTORY: {
    short: key('recorded history'),
    plain: key('Its network is a recorded history: nothing of it is on offer.'),
  },
  INACTIVE: { short: key('takes no work'), plain: key('It says that it takes no work now.') },
  NOTHING_OFFERED: { short: key('nothing on offer'), plain: key('None of its machines is on offer.') },
  IMPLAUSIBLE_HARDWARE: {
    short: key('implausible hardware'),
    plain: key('What its machines claim to have cannot be true.'),
  },
  WRONG_MODEL: {
    short: key('other GPU model'),
    plain: key('None of its machines has the model you want.'),
    full: key('No {expected}; it has {got}.'),
  },
  NOT_ENOUGH_VRAM: {
    short: key('too little GPU memory'),
    plain: key('None of its GPUs has as much memory as you want.'),
    full: key('GPUs of {got}; you want {expected}.'),
  },
  WRONG_REGION: {
    short: key('other region'),
    plain: key('None of its machines stands in a region you want.'),
    full: key('Its machines stand in {got}.'),
  },
  TOO_FEW_GPUS: {
    short: key('too few GPUs'),
    plain: key('It has fewer GPUs that suit than you want.'),
    full: key('GPUs that suit: {got}; you want {expected}.'),
  },
  PRICE_ABOVE: {
    short: key('above your price'),
    plain: key('Its price is above the highest you want.'),
    full: key('Costs {got} USD per GPU-hour; you want {expected} at most.'),
  },
  NEVER_SUCCEEDED: { short: key('never succeeded'), plain: key('None of its attempts that count has succeeded.') },
  SUCCESS_BELOW: {
    short: key('success below yours'),
    plain: key('Its success is below the least you want.'),
    full: key('At least {got} succeed; you want {expected}.'),
  },
  OFFLINE: { short: key('offline'), plain: key('None of its machines that suit is online now.') },
  HARDWARE_NOT_RECORDED: {
    short: key('machines not recorded'),
    plain: key('Its protocol does not record machines: nobody knows its hardware.'),
  },
  HARDWARE_UNKNOWN: {
    short: key('hardware unknown'),
    plain: key('Its machines name no GPU, or none that the catalogue knows.'),
  },
  REGION_UNKNOWN: { short: key('region unknown'), plain: key('Its machines do not say where they stand.') },
  GPU_COUNT_UNKNOWN: {
    short: key('number of GPUs unknown'),
    plain: key('Its machines do not say how many GPUs they have.'),
  },
  PRICE_NOT_RECORDED: { short: key('prices not recorded'), plain: key('Its protocol does not record prices.') },
  NOT_PRICED_BY_GPU_HOUR: {
    short: key('not priced by the GPU-hour'),
    plain: key('It is priced by something else than the GPU-hour.'),
    full: key('It is priced by {got}, not by the GPU-hour.'),
  },
  NO_PRICE: { short: key('no price'), plain: key('It asks no price, and none was agreed on in 30 days.') },
  NO_USD: {
    short: key('no price in USD'),
    plain: key('Nobody knows what its token is worth: your highest price cannot be held against it.'),
  },
  JOBS_NOT_RECORDED: { short: key('jobs not recorded'), plain: key('Its protocol does not record jobs.') },
  NO_ATTEMPTS: { short: key('no attempts'), plain: key('None of its attempts was decided in 30 days.') },
  NO_INDEPENDENT_EVIDENCE: {
    short: key('no independent evidence'),
    plain: key('All it did was for itself, in circles, or for buyers whom nobody else knows.'),
  },
};

/** A short name, for a count; of a reason that this page is too old for, its code. */
export function toLeftOutName(t: Translate, code: string): string {
  const words = leftOutWords[code];
  return words ? t(words.short) : toClean(code, 40);
}

/** A reason in its case, in a sentence. `models` are names of models by their ids. */
export function toLeftOutText(
  t: Translate,
  { code, expected, got }: LeftOutReason,
  models: ReadonlyMap<string, string>,
): string {
  const words = leftOutWords[code];
  if (!words) return toClean(code, 40);
  if (!words.full || expected === null || got === null) return t(words.plain);
  const show = (text: string) => toShown(code, text, models);
  return t(words.full, { expected: show(expected), got: show(got) });
}

function toShown(code: string, text: string, models: ReadonlyMap<string, string>): string {
  if (code === 'WRONG_MODEL') {
    return toClean(
      text
        .split(', ')
        .map((id) => models.get(id) ?? id)
        .join(', '),
      160,
    );
  }
  if (code === 'PRICE_ABOVE') return toUsdAmount(text).text;
  if (code === 'SUCCESS_BELOW') return toPercent(text);
  if (code === 'TOO_FEW_GPUS') return toCount(toClean(text, 20));
  return toClean(text, 160);
}

import { assert } from '../../../schema/lib/assert.js';
import { chainFisher, type Period } from '../../../schema/metrics/formulas/price/chainFisher.js';
import { parseFixed, toFixedText } from '../../../schema/metrics/formulas/price/fixedPoint.js';
import type { Trade } from '../../../schema/metrics/formulas/price/Trade.js';
import type { FamilyRow } from '../families.js';
import { toRow } from './figures.js';
import type { PriceRow } from './PriceRow.js';

/** A model that was not traded is held against its last price for so many days; price_day.sql reads as far back. */
const MAX_GAP_DAYS = 7;

/**
 * The index of all models, chained to what was rolled of the days before: `earlier` has the classes' prices of a week, and the
 * index of each of its days.
 */
export function listFisherRows(
  network: string,
  { settled, earlier }: { readonly settled: readonly FamilyRow[]; readonly earlier: readonly PriceRow[] },
): readonly FamilyRow[] {
  const before = toPeriods(
    earlier
      .filter(({ metric }) => metric === 'price.settledIndex')
      .map((row) => ({ ...row, subject: row.class ?? '' })),
  );
  const levels = earlier.filter(({ metric }) => metric === 'price.fisher').sort((one, other) => one.hour - other.hour);
  const level = levels.at(-1)?.num;
  const chain = chainFisher(toPeriods(settled), {
    maxGap: MAX_GAP_DAYS,
    ...(level ? { start: { periods: before, level: parseFixed(level) } } : {}),
  });
  return chain.map(({ at, level: reached, link }) =>
    toRow(
      { kind: 'network', subject: network, hour: at * 24 },
      {
        metric: 'price.fisher',
        n: link?.models.length ?? 0,
        num: toFixedText(reached),
        detail: link
          ? {
              models: link.models.map((id) => id.slice(`${network}:gpu:`.length)),
              link: toFixedText(link.fisher),
              laspeyres: toFixedText(link.laspeyres),
              paasche: toFixedText(link.paasche),
            }
          : { begins: true },
      },
    ),
  );
}

type Rolled = Pick<FamilyRow, 'hour' | 'subject' | 'num'> & { readonly detail?: FamilyRow['detail'] | null };

/** What each class cost in USD on each day on which that is published, and how much of it was traded. */
function toPeriods(rows: readonly Rolled[]): readonly Period[] {
  const days = new Map<number, Map<string, Trade>>();
  for (const { hour, subject, num, detail } of rows) {
    if (num === null) continue;
    const volume = detail?.volume;
    assert(typeof volume === 'string', `the index of ${subject} says its volume`);
    const day = days.get(hour / 24) ?? new Map<string, Trade>();
    days.set(hour / 24, day.set(subject, { price: parseFixed(num), quantity: parseFixed(volume) }));
  }
  return [...days].map(([at, prices]) => ({ at, prices })).sort((one, other) => one.at - other.at);
}

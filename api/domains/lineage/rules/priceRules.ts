import type { LineagePart, LineageRule } from '../LineageRule.js';
import { noSum, one } from './rule.js';

const trades = (unit: string): LineagePart => ({ source: 'trade', where: unit });
const asks = (unit: string): LineagePart => ({ source: 'ask', where: unit });
const bids = (unit: string): LineagePart => ({ source: 'bid', where: unit });
const byTime = "unit in ('second', 'hour')";
const settled = one(trades('is_by_gpu'), {
  ...noSum,
  note: 'Trades of one cluster or ring, and those that are not typical, are among the facts and have no part in the figure.',
});
const asked: LineageRule = {
  ...noSum,
  parts: [asks(byTime), { source: 'verdict' }],
  note: 'Node-hours say whether a machine was there; where too few machines send heartbeats, all asks count.',
};

/** Units that are no GPU-hours, as prices name them. */
const units: Readonly<Record<string, string>> = {
  MachineHour: `${byTime}`,
  Task: "unit = 'task'",
  MillionTokens: "unit = 'token'",
  MillionPixels: "unit = 'pixel'",
  Epoch: "unit = 'epoch'",
};

/** Prices: trades, asks and bids of the bucket or of its end. */
export const priceRules: Readonly<Record<string, LineageRule>> = {
  'price.settledIndex': settled,
  'price.partitionedIndex': settled,
  'price.vwap': settled,
  'price.cleanVwap': settled,
  'price.removedShare': settled,
  'price.providers': settled,
  'price.buyers': settled,
  'price.h100e': settled,
  'price.perGbHour': settled,
  'price.fisher': one(trades('is_by_gpu'), { ...noSum, inputs: [{ metric: 'price.fisher', days: 1 }] }),
  'price.ask': asked,
  'price.askSupplyWeighted': asked,
  'price.rent8': { ...asked, parts: [...asked.parts, { source: 'work' }] },
  'price.rent64': { ...asked, parts: [...asked.parts, { source: 'work' }] },
  'price.bid': one(bids(byTime), noSum),
  'price.costPerSuccessfulHour': {
    ...noSum,
    parts: [asks(byTime), trades('is_by_gpu')],
    inputs: [
      { metric: 'jobs.success', days: 30 },
      { metric: 'reliability.outages' },
      { metric: 'reliability.repairs' },
    ],
  },
  'price.volumeGpuHours': one({ source: 'trade', where: 'value is not null and is_by_gpu' }),
  'price.volumeUsd': one({ source: 'trade', where: 'value is not null' }, noSum),
  'price.volumeToken': one({ source: 'trade', where: 'value is not null', num: 'value' }),
  ...Object.fromEntries(
    Object.entries(units).flatMap(([name, unit]) => [
      [`price.settledPer${name}`, one(trades(unit), noSum)],
      [`price.askPer${name}`, one(asks(unit), noSum)],
      [`price.bidPer${name}`, one(bids(unit), noSum)],
    ]),
  ),
};

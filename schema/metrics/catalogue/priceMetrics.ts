import type { MetricDefinition, Unit } from '../MetricDefinition.js';

const trades = ['task_outcome', 'job', 'price', 'token', 'feed_answer'] as const;
const asks = [
  'price',
  'price_reading',
  'node_version',
  'provider_version',
  'node_verdict',
  'token',
  'feed_answer',
] as const;

const market = { subjects: ['network', 'hardware'], grains: ['day'], value: 'computed', methodVersion: 1 } as const;
const volume = { subjects: ['network', 'hardware'], grains: ['hour', 'day'], value: 'sum', methodVersion: 1 } as const;

/** What is said of every price in USD. */
const usdCaveat =
  'USD is what the chain’s own price feed, or a rate that somebody set, said at the block; where nothing did, there is no figure, and `inToken` of the detail has it in whole tokens.';
const publishedCaveat = `Published from three providers and three buyers on; providers of one owner are one. ${usdCaveat}`;
const askCaveat = `As of the end of the day, or of the last block. Where at least half of the machines on offer send heartbeats, only those count that were up in the last hour that is judged; elsewhere all that are not known to be down. ${usdCaveat}`;

const clean =
  'trades of one cluster or ring removed, then quantities cut so that no provider has more than half of the clean volume, and no buyer with one provider more than a fifth';

/** Prices by the GPU-hour; volumes; prices by anything else. See metrics.md, A3. */
export const priceMetrics: readonly MetricDefinition[] = [
  {
    ...market,
    id: 'price.settledIndex',
    title: 'Settled price',
    unit: 'usdPerGpuHour',
    definition:
      'What a GPU-hour was sold for that day, made so that a few trades of any size or price cannot move it. A trade is a task that was done and paid, at the price that was agreed.',
    formula: `Weighted median of the typical trades: ${clean}; kept where |0.6745 (ln p − median ln p) / MAD| ≤ 3.5, or within 25 % of the median where MAD is 0; the index is the smallest price with half of the volume at or below it. n: trades.`,
    sources: [...trades, 'removed_pair', 'provider_version'],
    caveats: publishedCaveat,
    better: 'lower',
  },
  {
    ...market,
    id: 'price.partitionedIndex',
    title: 'Settled price by the hour',
    unit: 'usdPerGpuHour',
    definition:
      'The day’s price of a GPU-hour where every hour weighs the same: a large late trade moves its own hour alone.',
    formula: `Mean of the weighted medians of the day’s 24 hours (UTC) that have a trade; ${clean}. n: trades.`,
    sources: [...trades, 'removed_pair', 'provider_version'],
    caveats: `None where fewer than three hours have a trade. ${publishedCaveat}`,
    better: 'lower',
  },
  {
    ...market,
    id: 'price.vwap',
    title: 'Average price, as it stands',
    unit: 'usdPerGpuHour',
    definition:
      'What all GPU-hours of the day cost on the average, with everything in it. For information: whoever trades with himself moves it as far as he likes.',
    formula: 'Σ price × GPU-hours / Σ GPU-hours over all trades. n: trades.',
    sources: trades,
    caveats: usdCaveat,
  },
  {
    ...market,
    id: 'price.cleanVwap',
    title: 'Average price without self-dealing',
    unit: 'usdPerGpuHour',
    definition: 'The same average without trades of one cluster or ring, and without the weight of the few.',
    formula: `Σ price × GPU-hours / Σ GPU-hours; ${clean}. n: trades.`,
    sources: [...trades, 'removed_pair', 'provider_version'],
    caveats: publishedCaveat,
    better: 'lower',
  },
  {
    ...market,
    id: 'price.removedShare',
    title: 'Volume that does not count',
    unit: 'ratio',
    definition:
      'How much of the traded GPU-hours was sold by a provider to its own cluster, or around a ring, and is left out of the prices.',
    formula: 'GPU-hours of removed trades / GPU-hours of all trades. n: trades.',
    sources: ['task_outcome', 'job', 'price', 'removed_pair'],
    better: 'lower',
  },
  {
    ...market,
    id: 'price.providers',
    title: 'Providers who sold',
    unit: 'count',
    definition: 'How many independent providers the day’s price is made of.',
    formula: 'Distinct owners of the providers of clean trades. n: clean trades.',
    sources: ['task_outcome', 'job', 'price', 'removed_pair', 'provider_version'],
    better: 'higher',
  },
  {
    ...market,
    id: 'price.buyers',
    title: 'Buyers who bought',
    unit: 'count',
    definition: 'How many buyers the day’s price is made of.',
    formula: 'Distinct buyers of clean trades. n: clean trades.',
    sources: ['task_outcome', 'job', 'price', 'removed_pair'],
    better: 'higher',
  },
  {
    ...market,
    id: 'price.h100e',
    title: 'Price of an H100’s work',
    unit: 'usdPerGpuHour',
    definition:
      'The settled price, had everything been sold as the work of an H100: it makes models of all kinds one market, by what their vendors say of dense 16-bit matrix work.',
    formula:
      'The settled price with each trade’s price × (H100’s TFLOPS / model’s) and its quantity × (model’s / H100’s). The detail names the version of the table. n: trades.',
    sources: [...trades, 'removed_pair', 'provider_version'],
    caveats: `Trades of models without a figure are left out; a new table restates history. ${publishedCaveat}`,
    better: 'lower',
  },
  {
    ...market,
    subjects: ['hardware'],
    id: 'price.perGbHour',
    title: 'Price of a GB of memory',
    unit: 'usdPerGbHour',
    definition: 'The settled price of a model for each GB of its memory.',
    formula: 'Settled price / GB of one GPU. n: trades.',
    sources: [...trades, 'removed_pair', 'provider_version'],
    caveats: `None of models that there are with several sizes of memory. ${publishedCaveat}`,
    better: 'lower',
  },
  {
    ...market,
    subjects: ['network'],
    id: 'price.fisher',
    title: 'Price index of all models',
    unit: 'index',
    definition:
      'How the price of GPU-hours moves, whatever models happen to be sold: 100 on the first day with prices. A plain average rises when more of the dear ones are sold, though each gets cheaper.',
    formula:
      'Chained Fisher: level × √(Laspeyres × Paasche) of the models’ settled prices, in USD, and clean volumes; a model that was not sold is held against its last price of up to seven days before. n: models compared.',
    sources: [...trades, 'removed_pair', 'metric_day'],
    caveats:
      'Of models whose settled price is published. No figure on days without; where no model can be compared it begins at 100 again (`begins` of the detail).',
  },
  {
    ...market,
    id: 'price.ask',
    title: 'Best ask',
    unit: 'usdPerGpuHour',
    definition: 'The least that is asked for a GPU-hour, of machines that are there.',
    formula:
      'Smallest ask. On chain an ask holds until the next for the same machine; one asked for off chain, for three intervals of its probe. n: asks of machines that are there.',
    sources: asks,
    caveats: askCaveat,
    better: 'lower',
  },
  {
    ...market,
    id: 'price.askSupplyWeighted',
    title: 'Ask of all supply',
    unit: 'usdPerGpuHour',
    definition: 'What is asked for a GPU-hour on the average over all GPUs that are there, busy or not.',
    formula: 'Σ ask × GPUs / Σ GPUs. n: asks.',
    sources: asks,
    caveats: askCaveat,
    better: 'lower',
  },
  toRent(8),
  toRent(64),
  {
    ...market,
    id: 'price.bid',
    title: 'Bid',
    unit: 'usdPerGpuHour',
    definition: 'What buyers offered for a GPU-hour.',
    formula: 'Median of the bids made on chain that day, and of those that stood off chain at its end. n: bids.',
    sources: ['price', 'price_reading', 'token', 'feed_answer'],
    caveats: usdCaveat,
  },
  {
    ...market,
    subjects: ['provider', 'hardware'],
    id: 'price.costPerSuccessfulHour',
    methodVersion: 2,
    title: 'Cost of an hour that succeeds',
    unit: 'usdPerGpuHour',
    definition:
      'What a GPU-hour costs that brings a result, when failed ones are lost and tried again. Who has proven little looks dear: a cheap machine that fails may cost more than a dear one.',
    formula:
      'Price / s: the asks weighted by GPUs, else the average of the day’s clean trades; s the lower end of Wilson’s 95 % interval of the share of attempts that succeeded over 30 days, to six decimals. n: attempts. `longJob` of a class’s detail: price × (M + D)(e^(24 / M) − 1) / 24, what an hour of a day’s job costs that each outage begins anew; M the lower bound of the hours between outages (REL-09) and D the hours down for each that ended, on the day (PRC-07).',
    sources: [...asks, 'task_outcome', 'node_verdict', 'outage'],
    caveats: `Outages are those of all machines of the class, and no provider has \`longJob\`: few of one’s machines tell nothing of a day. Failed attempts are counted as paid in full, for the time is lost (φ = 1). None where nothing has succeeded. Self-dealing counts in s as any other work; the score of a provider does not take it. ${usdCaveat}`,
    better: 'lower',
  },
  {
    ...volume,
    id: 'price.volumeGpuHours',
    title: 'GPU-hours traded',
    unit: 'gpuHours',
    definition: 'GPU-hours of tasks that were done and paid by the GPU-hour.',
    formula: 'Σ (paid + fee) / price of a GPU-hour. n: trades.',
    sources: ['task_outcome', 'job', 'price'],
    caveats:
      'None where payments are not recorded. Self-dealing is in it: see the share of volume that does not count.',
  },
  {
    ...volume,
    id: 'price.volumeUsd',
    title: 'Volume in USD',
    unit: 'usd',
    definition: 'What was paid for tasks that were done, fees included, in USD of that time.',
    formula: 'Σ (paid + fee) × USD of the token at the block. n: trades.',
    sources: ['task_outcome', 'job', 'token', 'feed_answer'],
    caveats: 'Without trades of which nobody knows what the token was worth: the volume in tokens has them.',
  },
  {
    ...volume,
    id: 'price.volumeToken',
    title: 'Volume in tokens',
    unit: 'baseUnits',
    definition: 'What was paid for tasks that were done, fees included.',
    formula: 'Σ (paid + fee), in base units of the work token. n: trades.',
    token: 'work',
    sources: ['task_outcome', 'job'],
  },
  ...listUnitMetrics(),
];

function toRent(need: 8 | 64): MetricDefinition {
  return {
    ...market,
    id: `price.rent${need}`,
    title: `Cost of ${need} GPUs now`,
    unit: 'usd',
    definition: `What ${need} GPUs cost for an hour, taken from the cheapest machines that are there and have no task.`,
    formula: `Asks walked from the cheapest up to ${need} GPUs; a machine with a task is busy as a whole. Average and last price, and how many GPUs are free, are in the detail. n: asks of free machines.`,
    sources: [...asks, 'job', 'job_step'],
    caveats: `None where fewer than ${need} are free. ${askCaveat}`,
    better: 'lower',
  };
}

/** Prices of what is not sold by the GPU-hour are figures of their own: nothing is converted. */
function listUnitMetrics(): readonly MetricDefinition[] {
  const unit: Unit = 'usdPerUnit';
  const units: readonly (readonly [name: string, one: string])[] = [
    ['MachineHour', 'an hour of a machine whose GPUs nobody knows'],
    ['Task', 'a task'],
    ['MillionTokens', 'a million tokens of a model'],
    ['MillionPixels', 'a million pixels'],
    ['Epoch', 'an epoch'],
  ];
  const several =
    'Where several things are priced by one unit, there is no figure of all: up to 50 of them have their own in the detail.';
  return units.flatMap(([name, one]): readonly MetricDefinition[] => [
    {
      ...{ ...market, unit, subjects: ['network'], better: 'lower' },
      id: `price.settledPer${name}`,
      title: `Settled price of ${one}`,
      definition: `What ${one} was sold for that day.`,
      formula:
        'As the settled price of a GPU-hour. Where no payment is recorded, each agreement counts once. n: trades.',
      sources: [...trades, 'removed_pair', 'provider_version'],
      caveats: `${several} ${publishedCaveat}`,
    },
    {
      ...{ ...market, unit, subjects: ['network'], better: 'lower' },
      id: `price.askPer${name}`,
      title: `Best ask for ${one}`,
      definition: `The least that was asked for ${one} at the end of the day.`,
      formula: 'Smallest ask. n: asks.',
      sources: asks,
      caveats: `${several} Whether the provider was there is not asked. ${usdCaveat}`,
    },
    {
      ...{ ...market, unit, subjects: ['network'] },
      id: `price.bidPer${name}`,
      title: `Bid for ${one}`,
      definition: `What buyers offered for ${one}.`,
      formula: 'Median of the bids made on chain that day, and of those that stood off chain at its end. n: bids.',
      sources: ['price', 'price_reading', 'token', 'feed_answer'],
      caveats: `${several} ${usdCaveat}`,
    },
  ]);
}

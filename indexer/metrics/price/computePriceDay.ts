import type { FamilyInput, FamilyRow } from '../families.js';
import type { Scope } from './figures.js';
import { findQuote, type Quote } from './findQuote.js';
import { listAskRows, listBidRows } from './listAskRows.js';
import { listCostRows } from './listCostRows.js';
import { listFisherRows } from './listFisherRows.js';
import { listSettledRows } from './listSettledRows.js';
import { groupBy, listUnitRows } from './listUnitRows.js';
import { type PriceRow, toPriceRows } from './PriceRow.js';
import type { DayOfMachines } from './toLongJob.js';

/** Prices of days (metrics.md, A3), of one network. Days come in any order; nothing but the rows is looked at. */
export function computePriceDay(given: readonly FamilyInput[]): readonly FamilyRow[] {
  const rows = toPriceRows(given);
  const network = rows[0]?.network;
  if (network === undefined) return [];
  const earlier = rows.filter(({ part }) => part === 'earlier');
  const days = groupBy(
    rows.filter(({ part }) => part !== 'earlier'),
    ({ hour }) => String(hour),
  );
  const figures = [...days.values()].flatMap((day) => listDayRows(network, day));
  const settled = figures.filter(({ metric, kind }) => metric === 'price.settledIndex' && kind === 'hardware');
  return [...figures, ...listFisherRows(network, { settled, earlier })];
}

function listDayRows(network: string, rows: readonly PriceRow[]): readonly FamilyRow[] {
  const hour = rows[0]?.hour ?? 0;
  const quotes = rows.flatMap((row) => findQuote(row) ?? []).sort(compareQuotes);
  const ofGpus = quotes.filter(({ unit }) => unit === 'gpuHour');
  const classes = groupBy(ofGpus, ({ hardware }) => hardware);
  const providers = groupBy(ofGpus, ({ provider }) => provider);
  const costs = rows.filter(({ part }) => part === 'success');
  const whole: Scope = { kind: 'network', subject: network, hour };
  return [
    ...listMarketRows(whole, ofGpus),
    ...listUnitRows(whole, quotes),
    ...[...classes].flatMap(([name, own]) =>
      listMarketRows({ kind: 'hardware', subject: `${network}:gpu:${name}`, hour }, own),
    ),
    ...costs.flatMap((row) => listCostsOf(row, { classes, providers })),
  ];
}

function listMarketRows(scope: Scope, quotes: readonly Quote[]): readonly FamilyRow[] {
  return [
    ...listSettledRows(scope, ofPart(quotes, 'trade')),
    ...listAskRows(scope, ofPart(quotes, 'ask')),
    ...listBidRows(scope, ofPart(quotes, 'bid')),
  ];
}

type Groups = ReadonlyMap<string, readonly Quote[]>;

function listCostsOf(
  row: PriceRow,
  { classes, providers }: { readonly classes: Groups; readonly providers: Groups },
): readonly FamilyRow[] {
  const { metric: kind, class: subject, network, hour } = row;
  if (subject === null || (kind !== 'provider' && kind !== 'hardware')) return [];
  const own = kind === 'provider' ? providers.get(subject) : classes.get(subject.slice(`${network}:gpu:`.length));
  if (!own) return [];
  const record = { succeeded: Number(row.num), attempts: Number(row.den) };
  return listCostRows(
    { kind, subject, hour },
    { asks: ofPart(own, 'ask'), trades: ofPart(own, 'trade'), record, machines: findMachines(row) },
  );
}

function findMachines({ detail }: PriceRow): DayOfMachines | null {
  if (!detail) return null;
  const [up, down, outages, repairs] = ['uptime', 'downSlots', 'outages', 'repairs'].map((name) =>
    Number(detail[`reliability.${name}`] ?? 0),
  );
  return { up: up ?? 0, down: down ?? 0, outages: outages ?? 0, repairs: repairs ?? 0 };
}

function ofPart(quotes: readonly Quote[], part: Quote['part']): readonly Quote[] {
  return quotes.filter((quote) => quote.part === part);
}

/** So that nothing depends on the order in which Postgres has them. */
function compareQuotes(one: Quote, other: Quote): number {
  return (
    one.at - other.at ||
    compare(one.provider, other.provider) ||
    compare(one.buyer, other.buyer) ||
    compare(one.resource, other.resource) ||
    compare(one.inToken, other.inToken) ||
    compare(one.quantity, other.quantity)
  );
}

function compare<T extends string | bigint>(one: T, other: T): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

import { balancedRings, type ValueFlow } from './balancedRings.js';
import type { Links } from './createLinkFinder.js';
import type { PreparedRecord } from './prepareRecord.js';
import { scoreMethod } from './scoreMethod.js';

const { window, step, windows } = scoreMethod.circulation;

/**
 * By provider and pair, in which windows they trade within a ring, as bits: bit k is the window of 90 days that ends 30 k days before
 * `at`. Of a provider in no ring there is none. A trade counts for nothing where a window that holds it is set: a ring that stopped does
 * not come clean by waiting.
 */
export type Circulation = readonly (Uint16Array | undefined)[];

export function findCirculation(
  prepared: PreparedRecord,
  { at, links }: { readonly at: number; readonly links: Links },
): Circulation {
  const all: (Uint16Array | undefined)[] = [];
  toFlows(prepared, { at, links }).forEach((flows, index) => {
    if (flows.length < 2) return;
    // Actors are few among accounts: numbered anew.
    const numbers = new Map<number, number>();
    const numberOf = (actor: number) => {
      const number = numbers.get(actor) ?? numbers.size;
      numbers.set(actor, number);
      return number;
    };
    const numbered = flows.map(({ from, to, value }) => ({ from: numberOf(from), to: numberOf(to), value }));
    const ring = balancedRings(numbers.size, numbered);
    const ringOf = (actor: number) => ring[numbers.get(actor) ?? -1] ?? -1;
    prepared.timelines.forEach(({ pairs, buyer: buyers }, provider) => {
      const own = ringOf(links.actorOfProvider[provider] ?? 0);
      if (own === -1) return;
      const bits = all[provider] ?? new Uint16Array(pairs);
      for (let pair = 0; pair < pairs; pair += 1) {
        if (ringOf(links.actorOfBuyer[buyers[pair] ?? 0] ?? 0) === own) bits[pair] = (bits[pair] ?? 0) | (1 << index);
      }
      if (bits.some((of) => of !== 0)) all[provider] = bits;
    });
  });
  return all;
}

/** Whether something of this age lies in one of the windows. */
export function isInWindows(bits: number, age: number): boolean {
  if (bits === 0) return false;
  for (let index = 0; index < windows; index += 1) {
    if ((bits & (1 << index)) !== 0 && age > index * step && age <= index * step + window) return true;
  }
  return false;
}

/** For each window, what each actor paid each other one. */
function toFlows(
  prepared: PreparedRecord,
  { at, links }: { readonly at: number; readonly links: Links },
): ValueFlow[][] {
  const flows = Array.from({ length: windows }, () => new Map<string, { from: number; to: number; value: number }>());
  for (const payment of prepared.ringPayments) {
    const age = at - payment.at;
    if (age <= 0) break;
    const from = links.actorOfBuyer[payment.buyer] ?? 0;
    const to = links.actorOfProvider[payment.provider] ?? 0;
    if (from === to) continue;
    for (let index = 0; index < windows; index += 1) {
      if (age <= index * step || age > index * step + window) continue;
      const flow = flows[index]?.get(`${from} ${to}`) ?? { from, to, value: 0 };
      flow.value += payment.amount;
      flows[index]?.set(`${from} ${to}`, flow);
    }
  }
  return flows.map((of) => [...of.values()]);
}

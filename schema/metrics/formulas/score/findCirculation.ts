import { balancedRings, type ValueFlow } from './balancedRings.js';
import type { Links } from './createLinkFinder.js';
import type { PreparedRecord } from './prepareRecord.js';
import { scoreMethod } from './scoreMethod.js';

const { window, step, windows } = scoreMethod.circulation;

/**
 * In which windows a pair trades within a ring, as bits: bit k is the window of 90 days that ends 30 k days before `at`. A trade
 * counts for nothing where a window that holds it is set: a ring that stopped does not come clean by waiting.
 */
export function findCirculation(
  prepared: PreparedRecord,
  { at, links }: { readonly at: number; readonly links: Links },
): Uint16Array {
  const bits = new Uint16Array(prepared.pairs.count);
  const flowsOf = toFlows(prepared, { at, links });
  flowsOf.forEach((flows, index) => {
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
    if (ring.every((number) => number === -1)) return;
    for (let pair = 0; pair < bits.length; pair += 1) {
      const buyer = ringOf(links.actorOfBuyer[prepared.pairs.buyer[pair] ?? 0] ?? 0);
      const provider = ringOf(links.actorOfProvider[prepared.pairs.provider[pair] ?? 0] ?? 0);
      if (buyer !== -1 && buyer === provider) bits[pair] = (bits[pair] ?? 0) | (1 << index);
    }
  });
  return bits;
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

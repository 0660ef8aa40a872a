import type { Hex } from '../../../schema/lib/hex.js';

/** What of a log can be searched for, and goes into blooms. */
export interface LogEntries {
  readonly address: Hex;
  readonly topics: readonly Hex[];
}

/** As `eth_getLogs` takes it: any of the addresses and, by position, any of the topics; an empty list is any at all. */
export interface LogFilter {
  readonly addresses: readonly string[];
  readonly topics?: readonly (readonly string[])[];
  /** Logs of this one are wanted, too. */
  readonly also?: LogFilter;
}

export interface CompiledFilter {
  readonly addresses: ReadonlySet<Hex>;
  readonly topics: readonly ReadonlySet<Hex>[];
  readonly also?: CompiledFilter;
}

/** In lower case and as sets, once for each filter. */
export function compileFilter(filter: LogFilter): CompiledFilter {
  const found = compiled.get(filter);
  if (found) return found;
  const own = { addresses: toSet(filter.addresses), topics: (filter.topics ?? []).map(toSet) };
  const made = filter.also ? { ...own, also: compileFilter(filter.also) } : own;
  compiled.set(filter, made);
  return made;
}

export function matchesFilter(filter: LogFilter, log: LogEntries): boolean {
  return matchesCompiled(compileFilter(filter), log);
}

export function matchesCompiled(filter: CompiledFilter, log: LogEntries): boolean {
  return matchesOwn(filter, log) || (filter.also !== undefined && matchesCompiled(filter.also, log));
}

function matchesOwn({ addresses, topics }: CompiledFilter, log: LogEntries): boolean {
  if (addresses.size > 0 && !addresses.has(log.address)) return false;
  // A position is a topic the log must have, whatever it is.
  if (topics.length > log.topics.length) return false;
  for (const [position, alternatives] of topics.entries()) {
    const topic = log.topics[position];
    if (alternatives.size > 0 && (topic === undefined || !alternatives.has(topic))) return false;
  }
  return true;
}

const compiled = new WeakMap<LogFilter, CompiledFilter>();

function toSet(entries: readonly string[]): ReadonlySet<Hex> {
  return new Set(entries.map((entry) => entry.toLowerCase() as Hex));
}

import { toClean, toWebAddress } from '../format.js';

/*
 * Anybody may put a text of any size on a chain. What a loader returns travels with the page a second time, as data for
 * its scripts, so texts are cleaned and cut there rather than where they are shown.
 */

const MAX_NAME = 80;
const MAX_VALUE = 200;
const MAX_ARGS = 2_000;
const MAX_ARGS_LINE = 400;

/** The row with its name as shown, null when nothing of it can be seen: the id stands in for it. */
export function withShortName<Row extends { readonly name: string | null }>(row: Row): Row {
  return { ...row, name: toClean(row.name ?? '', MAX_NAME) || null };
}

export function shortenPair({ name, value }: { readonly name: string; readonly value: string }) {
  return { name: toClean(name, MAX_NAME), value: toClean(value, MAX_VALUE) };
}

/** A cut address would lead elsewhere: one that is too long, or not as it stands on the chain, is text only. */
export function shortenUri(
  uri: string,
  altered: readonly { readonly attribute: string }[] = [],
): { readonly text: string; readonly address: string | null } {
  const isWhole = uri.length <= MAX_VALUE && !altered.some(({ attribute }) => attribute === 'uri');
  return { text: toClean(uri, MAX_VALUE), address: isWhole ? (toWebAddress(uri) ?? null) : null };
}

/** The arguments of an event as indented text; a cut shows as an ellipsis. */
export function toArgsText(args: unknown): string {
  const text = JSON.stringify(args, null, 2) ?? '';
  const lines = text.slice(0, MAX_ARGS).split('\n');
  const shown = lines.map((line) => line.match(/^ */)?.[0] + toClean(line, MAX_ARGS_LINE)).join('\n');
  return text.length <= MAX_ARGS ? shown : `${shown.replace(/…$/, '')}…`;
}

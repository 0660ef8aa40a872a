/**
 * The moment a page is of: `?at=` a block (`4221`, or `31337:4221` where several chains are indexed) or a time in UTC (`2026-01-31`,
 * `2026-01-31 12:00`), and `?finality=safe` or `finalized`. Neither: now, as it stands.
 */
export interface Moment {
  readonly block: BlockInput | null;
  /** The chain whose block is meant. */
  readonly chain: string | null;
  readonly finality: 'SAFE' | 'FINALIZED' | null;
  /** As it stands in the URL, for links and for the form. */
  readonly at: string;
}

export type BlockInput = { readonly number: string } | { readonly timestamp: string };

export const momentNames = ['at', 'finality'] as const;
/** Parameters that every link of a page hands on: whoever came for a language by its address stays in it. */
const keptNames = [...momentNames, 'lang'] as const;

export const now: Moment = { block: null, chain: null, finality: null, at: '' };

/** Null for what names no moment: to answer as of now instead would be another answer than was asked for. */
export function parseMoment(search: string): Moment | null {
  // Nearly every page is of now.
  if (!/[?&](at|finality)=/.test(search)) return now;
  const params = new URLSearchParams(search);
  const at = (params.get('at') ?? '').trim().replace(/\s+/g, ' ');
  const finality = (params.get('finality') ?? '').toUpperCase();
  if (finality !== '' && finality !== 'LATEST' && finality !== 'SAFE' && finality !== 'FINALIZED') return null;
  const sure = finality === 'SAFE' || finality === 'FINALIZED' ? finality : null;
  if (at === '') return sure ? { ...now, finality: sure } : now;
  const block = parseBlock(at);
  return block && { ...block, finality: sure, at };
}

export function isNow({ block, finality }: Moment): boolean {
  return block === null && finality === null;
}

const BLOCK = /^(?:(\d{1,20}):)?(\d{1,15})$/;
const TIME = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?))?(?:Z| ?UTC)?$/i;

function parseBlock(at: string): Pick<Moment, 'block' | 'chain'> | null {
  const [, chain, number] = BLOCK.exec(at) ?? [];
  if (number !== undefined) return { block: { number }, chain: chain ?? null };
  const [, date, time] = TIME.exec(at) ?? [];
  const ms = date ? Date.parse(`${date}T${time ?? '00:00'}Z`) : Number.NaN;
  return Number.isNaN(ms) ? null : { block: { timestamp: new Date(ms).toISOString() }, chain: null };
}

/** What links of the page hand on: `at=…&finality=…&lang=…`; nearly always nothing. */
export function toKept(search: string): string {
  if (!/[?&](at|finality|lang)=/.test(search)) return '';
  const params = new URLSearchParams(search);
  const kept = new URLSearchParams();
  for (const name of keptNames) {
    const value = params.get(name);
    if (value) kept.set(name, value);
  }
  return kept.toString();
}

/** An address within the site with what is kept added, unless it says so itself. */
export function withKept(to: string, kept: string): string {
  if (kept === '' || !/^(\/(?!\/)|\?|#)/.test(to) || to.startsWith('#')) return to;
  const [before = '', hash] = to.split('#', 2);
  const [path = '', search = ''] = before.split('?', 2);
  const params = new URLSearchParams(search);
  for (const [name, value] of new URLSearchParams(kept)) if (!params.has(name)) params.set(name, value);
  return `${path}?${params}${hash === undefined ? '' : `#${hash}`}`;
}

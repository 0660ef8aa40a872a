import { hash } from 'node:crypto';
import { toBytes } from '../../schema/lib/textBytes.js';
import { toStorable } from './toStorable.js';

/** What anybody wrote, fit to be shown. */
export interface CleanText {
  readonly text: string;
  /** Of the text as it stood, where it is not the same: what looks alike afterwards still differs in this. */
  readonly fingerprint: string | undefined;
}

/**
 * Makes a name, a URL or a term of somebody's own fit for tables and pages: one line, of no more than so many characters,
 * in which nothing is unseen, turns the text around it or is no character at all. Whatever columns of nouns, prices and
 * rules hold went through here, and nothing else cleans; the text as it stood is in `event.data`.
 */
export function cleanText(raw: string, maxLength: number): CleanText {
  if (raw.length <= maxLength && TIDY.test(raw)) return { text: raw, fingerprint: undefined };
  // What hides more than this is not worth a longer look; a name may be a megabyte long.
  const read = raw.slice(0, 16 * maxLength);
  const line = toStorable(read.replace(BLANKS, ' ').replace(UNSEEN, '')).replace(/ +/g, ' ').trim();
  const text = toCut(line, maxLength, read.length < raw.length);
  return { text, fingerprint: text === raw ? undefined : toFingerprint(raw) };
}

/** As `cleanText`, for what tells rows apart: texts that differ stay different. */
export function cleanDistinct(raw: string, maxLength: number): string {
  const { text, fingerprint } = cleanText(raw, maxLength);
  return fingerprint === undefined ? text : `${text} #${fingerprint}`.trimStart();
}

/** By name, in the protocol's own words. */
export function cleanTerms(terms: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(terms).map(([name, value]) => [cleanText(name, MAX_NAME).text, cleanText(value, MAX_VALUE).text]),
  );
}

/** Characters. */
export const MAX_NAME = 256;
export const MAX_URI = 2_048;
export const MAX_VALUE = 4_096;

/** Most texts: words of plain ASCII. */
const TIDY = /^(?:[!-~]+(?: [!-~]+)*)?$/;
/** A BOM would count as one, in which it is alone: it has no width. */
const BLANKS = /[^\S\ufeff]+/g;
/**
 * Controls, NUL among them; what is meant to be invisible (zero-width, bidi, BOM, fillers, tags, variation selectors);
 * and what looks like nothing.
 */
const UNSEEN = /[\p{Cc}\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]/gu;

/** In whole characters: half a surrogate pair would be none. */
function toCut(line: string, maxLength: number, isCut: boolean): string {
  if (line.length <= maxLength && !isCut) return line;
  const kept = [...line.slice(0, maxLength)].slice(0, maxLength - 1).join('');
  return `${toStorable(kept).replace(/\ufffd$/, '')}…`;
}

/** 64 bits are enough to tell apart what somebody made to look alike. */
function toFingerprint(raw: string): string {
  return hash('sha256', toBytes(raw), 'hex').slice(0, 16);
}

import { GraphQLError } from 'graphql';
import { assertText } from '../../list/parseId.js';

/** What somebody typed, and what it may be. */
export interface SearchText {
  /** Cleaned, in lower case. */
  readonly text: string;
  /** Names and ids alike begin so: for `like`. */
  readonly prefix: string;
  /** Null: too short to look within names. */
  readonly contains: string | null;
  /** `0x` and digits: the beginning of an address or more. */
  readonly hex: string | null;
  readonly isAddress: boolean;
  /** 32 bytes: a transaction or a block. */
  readonly hash: Buffer | null;
  /** A height. */
  readonly height: string | null;
  /** Chain, height and log of an event. */
  readonly place: readonly [chain: string, height: string, log: string] | null;
}

/** Characters. Ids are shorter, and names of which more must be typed are rare. */
const MAX_LENGTH = 256;
/** Digits of an address from which on few are left. */
const MIN_HEX = 4;
/** As `search_grams` cuts names. */
const GRAM = 3;

/** Null: nothing was typed that can be seen. Throws where it is too long to be one thing. */
export function parseSearch(typed: string): SearchText | null {
  if (typed.length > MAX_LENGTH) {
    throw new GraphQLError(
      `Expected at most ${MAX_LENGTH} characters to search for, got ${typed.length}: give one name, id, address or hash.`,
      { extensions: { code: 'TEXT_TOO_LONG' } },
    );
  }
  const text = clean(assertText(typed));
  if (text === '') return null;
  const hex = toHex(text);
  return {
    ...{ text, hex },
    prefix: `${escapeLike(text)}%`,
    contains: [...text].length >= GRAM ? `%${escapeLike(text)}%` : null,
    isAddress: hex?.length === 42,
    hash: hex?.length === 66 ? Buffer.from(hex.slice(2), 'hex') : null,
    height: /^\d{1,15}$/.test(text) ? text : null,
    place: toPlace(text),
  };
}

/** Without what is not seen, halves of letters, and spaces around; the same letters whichever way they are typed. */
function clean(typed: string): string {
  return typed
    .normalize('NFC')
    .replace(/[\p{Cf}\p{Cs}]/gu, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .toLowerCase();
}

/** Addresses and hashes are pasted without `0x`, too; a few digits alone are a number or a word. */
function toHex(text: string): string | null {
  const [, digits = ''] = /^0x([0-9a-f]{1,64})$/.exec(text) ?? [];
  if (digits.length >= MIN_HEX) return text;
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text) ? `0x${text}` : null;
}

function toPlace(text: string): SearchText['place'] {
  const [, chain, height, log] = /^(\d{1,15})-(\d{1,15})-(\d{1,9})$/.exec(text) ?? [];
  return chain && height && log ? [chain, height, log] : null;
}

/** `%`, `_` and the sign that escapes them stand for themselves. */
function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

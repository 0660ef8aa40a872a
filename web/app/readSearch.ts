import { key } from './i18n/text.js';

/** What somebody types into the search box: what it may be, or why nothing can be like that. Mirrors what the API's `search` takes. */
export type SearchKind = 'empty' | 'address' | 'hash' | 'beginning' | 'number' | 'event' | 'id' | 'name';

export interface SearchText {
  /** As it is asked for: without what cannot be seen, and spaces around. */
  readonly text: string;
  readonly kind: SearchKind;
  /** Why it can be nothing that there is: a text of the catalogue, with `{n}` for what was counted. Null: it may be asked for. */
  readonly refusal: string | null;
  readonly count: number;
}

/** What the button beside the box says. */
export const searchLabels: Readonly<Record<SearchKind, string>> = {
  empty: key('Search'),
  address: key('Address'),
  hash: key('Job or transaction'),
  beginning: key('Beginning of an id'),
  number: key('Job or block'),
  event: key('Event'),
  id: key('Id'),
  name: key('Name'),
};

/** As what it is looked for, for who finds nothing. */
export const searchTries: Readonly<Record<SearchKind, readonly string[]>> = (() => {
  const nouns = [key('id of a provider'), key('id of a job, a task or a node')];
  const names = [
    key('name of a network'),
    key('any part of a provider’s name'),
    key('model of a GPU'),
    key('title of a metric'),
  ];
  return {
    empty: [],
    address: [key('address of a provider, its owner or a node'), key('address that ordered jobs')],
    hash: [key('transaction with events of a network'), key('hash of a block'), ...nouns],
    beginning: [key('beginning of the address of a provider or a node')],
    number: [key('height of a block'), ...nouns, ...names],
    event: [key('event, by chain, block and log'), ...nouns],
    id: nouns,
    name: [...names, ...nouns],
  };
})();

const MAX_LENGTH = 256;
const MIN_DIGITS = 4;
const MAX_DIGITS = 64;
/** A name may begin with 0x and go on with any letter; nobody is called so at such length. */
const SURELY_HEX = 30;

export function readSearch(typed: string): SearchText {
  const text = typed
    .normalize('NFC')
    .replace(/[\p{Cf}\p{Cs}]/gu, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  const refuse = (refusal: string, count = 0): SearchText => ({ text, kind: toKind(text), refusal, count });
  if (text === '') {
    return typed.trim() === ''
      ? { text, kind: 'empty', refusal: null, count: 0 }
      : refuse(key('Nothing of this can be seen: type it again.'));
  }
  if (text.length > MAX_LENGTH) {
    return refuse(key('These are {n} characters: give one name, id, address or hash.'), text.length);
  }
  const [, after] = /^0x([0-9a-z]*)$/i.exec(text) ?? [];
  if (after === undefined) return { text, kind: toKind(text), refusal: null, count: 0 };
  const isHex = /^[0-9a-f]*$/i.test(after);
  if (!isHex && after.length >= SURELY_HEX) return refuse(key('After 0x only the digits 0–9 and a–f can follow.'));
  if (isHex && after.length < MIN_DIGITS) return refuse(key('Give at least four digits after 0x.'));
  if (isHex && after.length > MAX_DIGITS) {
    return refuse(key('An address has 40 digits after 0x and a transaction or a job 64: these are {n}.'), after.length);
  }
  return { text, kind: toKind(text), refusal: null, count: 0 };
}

function toKind(text: string): SearchKind {
  if (text === '') return 'empty';
  const [, digits] = /^0x([0-9a-f]+)$/i.exec(text) ?? [];
  const length = digits?.length ?? (/^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(text) ? text.length : 0);
  if (length === 40) return 'address';
  if (length === 64) return 'hash';
  if (length > 0) return 'beginning';
  if (/^\d{1,15}$/.test(text)) return 'number';
  if (/^\d{1,15}-\d{1,15}-\d{1,9}$/.test(text)) return 'event';
  return /^[a-z0-9-]+:\S+$/i.test(text) ? 'id' : 'name';
}

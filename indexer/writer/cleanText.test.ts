import fc from 'fast-check';
import { toText } from '../../schema/lib/textBytes.js';
import { toClean } from '../../web/app/format.js';
import { cleanDistinct, cleanText } from './cleanText.js';

/** By code point, so that no reader of this file is deceived by it. */
const at = (...codes: readonly number[]) => String.fromCodePoint(...codes);

const alike: readonly (readonly [string, string])[] = [
  ['NUL', `Aca${at(0)}cia`],
  ['a control', `Aca${at(0x1b)}cia`],
  ['a BOM before it', `${at(0xfeff)}Acacia`],
  ['a BOM in it', `Aca${at(0xfeff)}cia`],
  ['a zero-width space', `Aca${at(0x200b)}cia`],
  ['a zero-width joiner', `Aca${at(0x200d)}cia`],
  ['a word joiner', `Acacia${at(0x2060)}`],
  ['an override of direction', `${at(0x202e)}Acacia${at(0x202c)}`],
  ['an isolate', `${at(0x2067)}Acacia${at(0x2069)}`],
  ['an Arabic letter mark', `Acacia${at(0x61c)}`],
  ['a soft hyphen', `Aca${at(0xad)}cia`],
  ['a variation selector', `Acacia${at(0xfe0f)}`],
  ['tags', `Acacia${at(0xe0041, 0xe007f)}`],
  ['a Hangul filler', `Acacia${at(0x3164)}`],
  ['an empty Braille cell', `Acacia${at(0x2800)}`],
  ['an annotation', `${at(0xfff9)}Acacia${at(0xfffb)}`],
  ['blanks around it', ' Acacia\t\r\n'],
];

describe('a text that somebody put on a chain', () => {
  it.each(['', 'Acacia', 'https://a.example/x?y=1#z', 'NVIDIA H100 80GB HBM3', 'Müller & Söhne 漢字', '🙂'])(
    'stays as it is where nothing is odd about it: %j',
    (text) => expect(cleanText(text, 256)).toEqual({ text, fingerprint: undefined }),
  );

  it.each(alike)('loses %s, and is told from its like by a fingerprint', (_, raw) => {
    const { text, fingerprint } = cleanText(raw, 256);
    expect([text, fingerprint]).toEqual(['Acacia', expect.stringMatching(/^[0-9a-f]{16}$/)]);
    expect(cleanDistinct(raw, 256)).toBe(`Acacia #${fingerprint}`);
  });

  it('keeps all of them apart from each other', () => {
    expect(new Set(alike.map(([, raw]) => cleanDistinct(raw, 256))).size).toBe(alike.length);
  });

  it('shows that bytes were none of UTF-8, and keeps those that differ apart', () => {
    const [one, other] = [Buffer.from([0x61, 0xff]), Buffer.from([0x61, 0xfe])].map((bytes) =>
      cleanText(toText(bytes), 256),
    );
    expect([one?.text, other?.text]).toEqual(['a\ufffd', 'a\ufffd']);
    expect(one?.fingerprint).not.toBe(other?.fingerprint);
    // A replacement character that somebody wrote is a character.
    expect(cleanText('a\ufffd', 256)).toEqual({ text: 'a\ufffd', fingerprint: undefined });
  });

  it('is one line of as many characters as it may have, however long it was, and says that it is cut', () => {
    const megabytes = ['x', 'y'].map((last) => cleanText('x'.repeat(1 << 20) + last, 256));
    expect(megabytes.map(({ text }) => text)).toEqual(Array(2).fill(`${'x'.repeat(255)}…`));
    expect(new Set(megabytes.map(({ fingerprint }) => fingerprint)).size).toBe(2);
    expect(cleanText('one\ntwo\u2028three\u00a0four', 256).text).toBe('one two three four');
    // Half a surrogate pair would be no character.
    expect(cleanText('🙂'.repeat(300), 16).text).toBe(`${'🙂'.repeat(8)}…`);
  });

  it('comes to the same when it is cleaned again, and leaves nothing for a page to take out', () => {
    const odd = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.array(fc.constantFrom(...alike.map(([, raw]) => raw), '\ud83d', '\ude42', '🙂', ' ', 'a'), { maxLength: 12 }),
    );
    fc.assert(
      fc.property(odd, fc.integer({ min: 2, max: 40 }), (parts, maxLength) => {
        const raw = Array.isArray(parts) ? parts.join('') : parts;
        const { text } = cleanText(raw, maxLength);
        expect(cleanText(text, maxLength)).toEqual({ text, fingerprint: undefined });
        expect([...text].length <= maxLength && !/[\0\n]/.test(text)).toBe(true);
        // Marks piled on a letter are harmless in a table, and the page's own business.
        if (!/\p{M}/u.test(text)) expect(toClean(text, 4_000)).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });
});

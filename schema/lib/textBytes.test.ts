import fc from 'fast-check';
import { toBytes, toText } from './textBytes.js';

describe('text of bytes', () => {
  it('is the text itself where the bytes are UTF-8, with a BOM and NUL in it', () => {
    for (const text of ['', 'plain', 'grüße 漢字 🙂', '\ufeffBOM', 'nul\u0000name', '\ufffd']) {
      expect(toText(Buffer.from(text, 'utf8'))).toBe(text);
      expect(toBytes(text)).toEqual(Buffer.from(text, 'utf8'));
    }
  });

  it('keeps every byte, whatever it is, and every character between those that are none', () => {
    const odd = fc.constantFrom(
      0xff,
      0xc3,
      0x28,
      0xed,
      0xa0,
      0x80,
      0xf0,
      0x9f,
      0x90,
      0x41,
      0xef,
      0xbb,
      0xbf,
      0xe0,
      0xf4,
      0,
    );
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.array(odd, { maxLength: 40 }).map((all) => Uint8Array.from(all)),
    );
    fc.assert(
      fc.property(bytes, fc.string({ unit: 'binary' }), (some, text) => {
        const all = Buffer.concat([Buffer.from(some), Buffer.from(text), Buffer.from(some)]);
        expect(toBytes(toText(all))).toEqual(all);
        // What is left of it without the odd bytes is what a decoder that replaces them leaves.
        const replaced = all.toString('utf8').replace(/\ufffd+/g, '\ufffd');
        expect(
          toText(all)
            .replace(/\p{Surrogate}/gu, '\ufffd')
            .replace(/\ufffd+/g, '\ufffd'),
        ).toBe(replaced);
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes no more than a moment for a megabyte of nonsense', () => {
    const begun = performance.now();
    for (const byte of [0xff, 0xf0, 0x80]) expect(toText(Buffer.alloc(1 << 20, byte))).toHaveLength(1 << 20);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});

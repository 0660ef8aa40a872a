import { describe, expect, it } from '@jest/globals';
import { parseCopyRows } from './parseCopyRows.js';

async function parse(text: string, size: number, most = 100) {
  const bytes = Buffer.from(text);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const groups: (string | null)[][][] = [];
  for await (const group of parseCopyRows(chunks(), { columns: 2, most })) {
    groups.push(group.map((values) => values.map((value) => (value === null ? null : Buffer.from(value).toString()))));
  }
  return groups;
}

describe('rows that COPY sends as text', () => {
  const text = 'a\t\\N\n\\\\N\té\\t\\n\\r\\b\\f\\v\\\\x\n\t\n';

  it.each([1, 2, 3, 7, 1_000])('are the same however they are cut: every %d bytes', async (size) => {
    expect(await parse(text, size)).toEqual([
      [
        ['a', '\\N', ''],
        [null, 'é\t\n\r\b\f\v\\x', ''],
      ],
    ]);
  });

  it('come in groups, of which none is empty', async () => {
    expect((await parse(text, 4, 2)).map(([first]) => first?.length)).toEqual([2, 1]);
    expect((await parse(text, 4, 3)).map(([first]) => first?.length)).toEqual([3]);
    expect(await parse('', 4)).toEqual([]);
  });

  it('do not end within a row', async () => {
    await expect(parse('a\tb\nc', 2)).rejects.toThrow('half a row');
  });
});

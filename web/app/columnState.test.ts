import { describe, expect, it } from '@jest/globals';
import { readColumns } from './columnState.js';

const ids = ['cost', 'score', 'stake'] as const;
const read = (search: string) => [...readColumns(new URLSearchParams(search), ids)];

describe('columns in the address', () => {
  it('are all where none is named', () => {
    expect(read('')).toEqual(ids);
    expect(read('columns=')).toEqual(ids);
    expect(read('columns=none,%00')).toEqual(ids);
  });

  it('are named in one list or each by itself, and keep their order', () => {
    expect(read('columns=stake,cost')).toEqual(['cost', 'stake']);
    expect(read('columns=stake&columns=cost&columns=evil')).toEqual(['cost', 'stake']);
  });
});

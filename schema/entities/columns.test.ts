import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { toColumnsText } from './printColumns.js';

describe('columns.ts', () => {
  it('is what the entities say: else run npm run schema', async () => {
    expect(await readFile('schema/entities/columns.ts', 'utf8')).toBe(toColumnsText());
  });
});

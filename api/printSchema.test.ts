import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { isEnumType, isInputObjectType, isIntrospectionType, isObjectType } from 'graphql';
import { createSchema } from './createSchema.js';
import { toSdl } from './printSchema.js';

describe('the schema', () => {
  it('is the committed one: if this fails on purpose, run `npm run schema`', async () => {
    const committed = await readFile(new URL('./schema.graphql', import.meta.url), 'utf8');
    expect(toSdl(await createSchema())).toBe(committed);
  });

  it('describes every type, field, argument and enum value', async () => {
    const schema = await createSchema();
    const missing: string[] = [];
    for (const type of Object.values(schema.getTypeMap())) {
      if (isIntrospectionType(type) || ['ID', 'Int', 'String', 'Boolean', 'Query'].includes(type.name)) continue;
      if (!type.description) missing.push(type.name);
    }
    const owners = Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type));
    for (const type of owners) {
      if (isEnumType(type)) missing.push(...type.getValues().flatMap((value) => ifBare(type.name, value)));
      if (!isObjectType(type) && !isInputObjectType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        missing.push(...ifBare(type.name, field));
        const args = isObjectType(type) ? (type.getFields()[field.name]?.args ?? []) : [];
        missing.push(...args.flatMap((arg) => ifBare(`${type.name}.${field.name}`, arg)));
      }
    }
    expect(missing).toEqual([]);
  });
});

function ifBare(owner: string, thing: { readonly name: string; readonly description?: string | null }): string[] {
  return thing.description ? [] : [`${owner}.${thing.name}`];
}

import type { ClassType } from 'type-graphql';
import { assert } from '../../schema/lib/assert.js';
import { createListResolver } from './createListResolver.js';
import { createListTypes, type ListTypes } from './createListTypes.js';
import { createOneResolver } from './createOneResolver.js';
import type { List } from './List.js';

/** The root fields of all nouns. Relations lead from one list to another, so their types are made together. */
export function createListResolvers(definitions: readonly List[]): readonly ClassType<object>[] {
  const lists = new Map(definitions.map((list) => [list.name, list]));
  const types = new Map<string, ListTypes>();
  const whereOf = (name: string) => {
    const made = types.get(name);
    assert(made !== undefined, `relation leads to the list of ${name}`);
    return made.where;
  };
  for (const list of definitions) types.set(list.name, createListTypes(list, whereOf));
  return definitions.flatMap((list) => [
    ...createListResolver(list, types.get(list.name) as ListTypes, lists),
    ...(list.one ? [createOneResolver(list, list.one, lists)] : []),
  ]);
}

import { type FieldNode, type GraphQLResolveInfo, isObjectType, Kind, type SelectionSetNode } from 'graphql';
import { assert } from '../../schema/lib/assert.js';
import type { List } from './List.js';
import { toSelected } from './toSelected.js';

/**
 * What a statement selects for the rows that a query asks for: the columns of its plain fields, and those that other fields are made of, as far
 * as the list says so; else all. What `@skip` and `@include` leave out is selected, too, for that changes with each request.
 */
export function toColumns(list: List, info: GraphQLResolveInfo): string {
  const [node] = info.fieldNodes;
  // Where a field stands more than once, what it asks for is the sum.
  if (!node || info.fieldNodes.length > 1) return choose(list, info);
  let columns = known.get(node);
  if (columns === undefined) {
    columns = choose(list, info);
    known.set(node, columns);
  }
  return columns;
}

/** As long as Apollo keeps the documents. */
const known = new WeakMap<FieldNode, string>();

function choose(list: List, info: GraphQLResolveInfo): string {
  if (list.toRows && !list.always) return list.columns;
  const selected = toSelected(list.columns);
  const names = new Set(list.always);
  const type = info.schema.getType(list.name);
  assert(isObjectType(type), `${list.name} is a type of rows`);
  for (const name of listRowFields(info)) {
    const field = type.getFields()[name];
    const isPlain = field && !field.resolve && selected.has(name);
    const read = isPlain ? [name] : list.reads?.[name];
    if (!read) return list.columns;
    for (const column of read) names.add(column);
  }
  // In the order of the definition, so that the same columns are the same text however they are asked for.
  const chosen = [...selected].filter(([name]) => names.has(name)).map(([, sql]) => sql);
  return chosen.length > 0 ? chosen.join(', ') : 'true as "isThere"';
}

/** Names of the fields of rows: those of a connection stand under `nodes`, and under `node` of `edges`. */
function listRowFields({ fieldNodes, fragments, returnType }: GraphQLResolveInfo): Iterable<string> {
  const fields = listFields(fieldNodes, fragments);
  if (!/Connection!?$/.test(String(returnType))) return fields.map(({ name }) => name.value);
  const below = (nodes: readonly FieldNode[], name: string) =>
    listFields(
      nodes.filter((node) => node.name.value === name),
      fragments,
    );
  return [...below(fields, 'nodes'), ...below(below(fields, 'edges'), 'node')].map(({ name }) => name.value);
}

/** Those that these select, fragments regarded. */
function listFields(nodes: readonly FieldNode[], fragments: GraphQLResolveInfo['fragments']): readonly FieldNode[] {
  const fields: FieldNode[] = [];
  const seen = new Set<string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) spread(selection.name.value);
      else if (!selection.name.value.startsWith('__')) fields.push(selection);
    }
  };
  const spread = (name: string): void => {
    const fragment = fragments[name];
    if (!fragment || seen.has(name)) return;
    seen.add(name);
    collect(fragment.selectionSet);
  };
  for (const { selectionSet } of nodes) if (selectionSet) collect(selectionSet);
  return fields;
}

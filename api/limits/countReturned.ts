import { type DocumentNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';

/** Fields of an answer that hold objects, by their names in it. */
type Holders = ReadonlyMap<string, Holders>;

/**
 * How many objects an answer holds. It is led by the query, so that rows of plain fields are counted by the length of their list.
 * Needs a query whose fields are within their limit, however often fragments spread.
 */
export function countReturned(
  { document, operation }: { readonly document: DocumentNode; readonly operation: OperationDefinitionNode },
  data: Readonly<Record<string, unknown>> | null | undefined,
): number {
  if (!data) return 0;
  let holders = known.get(operation);
  if (!holders) {
    holders = toHolders(document, [operation.selectionSet]);
    known.set(operation, holders);
  }
  return countInside(data, holders);
}

const known = new WeakMap<OperationDefinitionNode, Holders>();

function toHolders(document: DocumentNode, sets: readonly SelectionSetNode[]): Holders {
  const inner = new Map<string, SelectionSetNode[]>();
  const seen = new Set<string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) spread(selection.name.value);
      else if (selection.selectionSet && !selection.name.value.startsWith('__')) {
        const key = selection.alias?.value ?? selection.name.value;
        inner.set(key, [...(inner.get(key) ?? []), selection.selectionSet]);
      }
    }
  };
  // A fragment that is spread again beside itself adds nothing.
  const spread = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const node of document.definitions) {
      if (node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === name) collect(node.selectionSet);
    }
  };
  sets.forEach(collect);
  return new Map([...inner].map(([key, merged]) => [key, toHolders(document, merged)]));
}

function countInside(object: Readonly<Record<string, unknown>>, holders: Holders): number {
  let count = 0;
  for (const [key, inner] of holders) count += countValue(object[key], inner);
  return count;
}

function countValue(value: unknown, holders: Holders): number {
  if (value === null || value === undefined) return 0;
  if (!Array.isArray(value)) return 1 + countInside(value as Readonly<Record<string, unknown>>, holders);
  if (holders.size === 0) return value.length;
  let count = 0;
  for (const one of value) count += countValue(one, holders);
  return count;
}

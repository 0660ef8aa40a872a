import { type GraphQLField, type GraphQLNamedType, getNamedType, isObjectType, isRequiredArgument } from 'graphql';

/** Every field that asks for nothing, so many levels deep; few of each list, or the whole would be too costly to ask. */
export function toSelection(type: GraphQLNamedType, depth: number): string {
  const fields = listFields(type, depth);
  return fields.length > 0 ? `{ ${fields.join(' ')} }` : '';
}

/** As many characters as are surely no more than the thousand words that a document may have. */
const MOST_CHARACTERS = 5_000;

/** The same in parts that the API takes, each of them a document's. */
export function toSelections(type: GraphQLNamedType, depth: number): readonly string[] {
  const parts: string[][] = [];
  let room = 0;
  for (const field of listFields(type, depth)) {
    if (parts.length === 0 || field.length > room) {
      parts.push([]);
      room = MOST_CHARACTERS;
    }
    parts.at(-1)?.push(field);
    room -= field.length;
  }
  return parts.length === 0 ? [''] : parts.map((fields) => `{ ${fields.join(' ')} }`);
}

function listFields(type: GraphQLNamedType, depth: number): readonly string[] {
  if (!isObjectType(type)) return [];
  return Object.values(type.getFields())
    .filter(({ args }) => !args.some(isRequiredArgument))
    .flatMap((field) => {
      const inner = getNamedType(field.type);
      if (!isObjectType(inner)) return `${field.name}${toFirst(field)}`;
      const selection = depth > 1 ? toSelection(inner, depth - 1) : '';
      return selection ? `${field.name}${toFirst(field)} ${selection}` : [];
    });
}

export function toFirst({ args }: Pick<GraphQLField<unknown, unknown>, 'args'>): string {
  return args.some(({ name }) => name === 'first') ? '(first: 3)' : '';
}

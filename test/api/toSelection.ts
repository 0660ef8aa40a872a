import { type GraphQLField, type GraphQLNamedType, getNamedType, isObjectType, isRequiredArgument } from 'graphql';

/** Every field that asks for nothing, so many levels deep; few of each list, or the whole would be too costly to ask. */
export function toSelection(type: GraphQLNamedType, depth: number): string {
  if (!isObjectType(type)) return '';
  const fields = Object.values(type.getFields())
    .filter(({ args }) => !args.some(isRequiredArgument))
    .flatMap((field) => {
      const inner = getNamedType(field.type);
      if (!isObjectType(inner)) return `${field.name}${toFirst(field)}`;
      const selection = depth > 1 ? toSelection(inner, depth - 1) : '';
      return selection ? `${field.name}${toFirst(field)} ${selection}` : [];
    });
  return fields.length > 0 ? `{ ${fields.join(' ')} }` : '';
}

export function toFirst({ args }: Pick<GraphQLField<unknown, unknown>, 'args'>): string {
  return args.some(({ name }) => name === 'first') ? '(first: 3)' : '';
}

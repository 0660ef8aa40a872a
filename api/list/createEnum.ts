import { registerEnumType } from 'type-graphql';

/** A GraphQL enum from its values and what each means; the value is the name. */
export function createEnum<Value extends string>(definition: {
  readonly name: string;
  readonly description: string;
  readonly values: Readonly<Record<Value, string>>;
}): Readonly<Record<Value, Value>> {
  const { name, description, values } = definition;
  const entries = Object.entries<string>(values) as [Value, string][];
  const members = Object.fromEntries(entries.map(([value]) => [value, value])) as Record<Value, Value>;
  const meanings = entries.map(([value, meaning]) => [value, { description: meaning }] as const);
  registerEnumType<Record<Value, Value>>(members, {
    name,
    description,
    valuesConfig: Object.fromEntries(meanings) as Record<Value, { description: string }>,
  });
  return members;
}

import { registerEnumType } from 'type-graphql';

/** A GraphQL enum from its values and what each means; the value is the name. */
export function createEnum<Value extends string>(definition: {
  readonly name: string;
  readonly description: string;
  readonly values: Readonly<Record<Value, string>>;
  /** What to take in place of those that are on their way out. */
  readonly deprecated?: { readonly [name in Value]?: string };
}): Readonly<Record<Value, Value>> {
  const { name, description, values, deprecated } = definition;
  const entries = Object.entries<string>(values) as [Value, string][];
  const members = Object.fromEntries(entries.map(([value]) => [value, value])) as Record<Value, Value>;
  const meanings = entries.map(([value, meaning]) => {
    const deprecationReason = deprecated?.[value];
    return [value, { description: meaning, ...(deprecationReason ? { deprecationReason } : {}) }] as const;
  });
  registerEnumType<Record<Value, Value>>(members, {
    name,
    description,
    valuesConfig: Object.fromEntries(meanings) as Record<Value, { description: string }>,
  });
  return members;
}

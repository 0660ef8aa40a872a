import { Field, ObjectType } from 'type-graphql';

@ObjectType({ description: 'Something the protocol says in its own words.', simpleResolvers: true })
export class Attribute {
  @Field(() => String, { description: "The protocol's own name for it." })
  name: string;

  @Field(() => String, { description: 'The value as text.' })
  value: string;
}

export function toAttributes(values: Readonly<Record<string, unknown>>): Attribute[] {
  return Object.entries(values)
    .map(([name, value]) => ({ name, value: typeof value === 'string' ? value : JSON.stringify(value) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

import { Field, ObjectType } from 'type-graphql';

@ObjectType({ description: 'Something that the amounts of a network must keep to.', simpleResolvers: true })
export class ConservationRule {
  @Field(() => String, { description: 'A rule of `Anomaly.rule`.' })
  name: string;

  @Field(() => Boolean, { description: 'Whether amounts are held against it.' })
  applies: boolean;

  @Field(() => String, { nullable: true, description: 'Why they cannot be; null where they are.' })
  reason: string | null;
}

/** Where a network says how a rule holds, it applies; where it gives a text, that is why not. */
export function toConservationRules(conservation: Readonly<Record<string, unknown>>): ConservationRule[] {
  return Object.entries(conservation)
    .map(([name, how]) => ({ name, applies: typeof how !== 'string', reason: typeof how === 'string' ? how : null }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

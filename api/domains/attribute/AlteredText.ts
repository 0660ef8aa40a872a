import { Field, ObjectType } from 'type-graphql';

@ObjectType({
  description:
    'A text that was cleaned before it was stored: something in it cannot be seen, turns the text around it, is no UTF-8 or is too long. As it stands it is in the data of the event.',
  simpleResolvers: true,
})
export class AlteredText {
  @Field(() => String, { description: 'name, uri, region, gpuModel, or terms.<name>.' })
  attribute: string;

  @Field(() => String, {
    description:
      'First 16 hexadecimal digits of the SHA-256 of its bytes on the chain: what looks alike now still differs here.',
  })
  fingerprint: string;
}

export function toAltered(altered: Readonly<Record<string, string>>): AlteredText[] {
  return Object.entries(altered)
    .map(([attribute, fingerprint]) => ({ attribute, fingerprint }))
    .sort((a, b) => (a.attribute < b.attribute ? -1 : 1));
}

import { Field, ObjectType } from 'type-graphql';
import { UpdateBlock } from './UpdateBlock.js';

/** What every message says of itself. */
@ObjectType({ simpleResolvers: true })
export abstract class Update {
  @Field(() => String, {
    description: 'Where this message stands: as `after` it goes on from here, with the same subscription.',
  })
  cursor: string;

  @Field(() => UpdateBlock, {
    nullable: true,
    description: 'The block that all of the message is as of; null where it is not known, or none is left.',
  })
  block: UpdateBlock | null;

  @Field({
    description: 'True: it is because blocks were taken back. All of the message is as it stands since.',
  })
  retracted: boolean;
}

import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** An hour of a subject whose metrics are to be rolled again. Append-only: the roller deletes those that it has seen. */
@Entity('mark')
export class Mark {
  @Column('text')
  family: string;

  @Column('text')
  subject: string;

  @Column('timestamptz')
  hour: Date;

  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  markId: string;
}

import { Entity, PrimaryColumn } from 'typeorm';

/** An hour of a subject whose metrics are to be rolled again. */
@Entity('mark')
export class Mark {
  @PrimaryColumn('text')
  family: string;

  @PrimaryColumn('text')
  subject: string;

  @PrimaryColumn('timestamptz')
  hour: Date;
}

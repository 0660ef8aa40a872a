import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An index that is built when the first backfill of an empty database is over; see schema/restoreIndexes.ts. */
@Entity('deferred_index')
export class DeferredIndex {
  @PrimaryColumn('text')
  name: string;

  /** The statement that makes it. */
  @Column('text')
  definition: string;
}

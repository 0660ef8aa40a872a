import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * Minutes in which an observer of `reach_hour` was itself cut off: who did not answer then is unknown, not down. Derived
 * from `reach_hour` alone; an hour without a row is not judged yet.
 */
@Entity('reach_blind')
export class ReachBlind {
  @PrimaryColumn('text')
  observer: string;

  /** Hours since 1970. */
  @PrimaryColumn('integer')
  hour: number;

  @Column('bigint')
  blind: string;
}

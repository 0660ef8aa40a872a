import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Heights whose answers were proven, and how far: exact, superset or none. Ranges do not overlap. */
@Entity('verified_range')
export class VerifiedRange {
  @PrimaryColumn('bigint')
  chainId: string;

  @PrimaryColumn('bigint')
  heightFrom: string;

  @Column('bigint')
  heightTo: string;

  @Column('text')
  level: string;
}

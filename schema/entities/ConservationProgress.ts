import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How far a chain's amounts are held against the rules. */
@Entity('conservation_progress')
export class ConservationProgress {
  @PrimaryColumn('bigint')
  chainId: string;

  /** Last block that was looked at; null before the first. */
  @Column('bigint', { nullable: true })
  height: string | null;

  /** Hash of the rules; by others everything is looked at anew. */
  @Column('text', { nullable: true })
  method: string | null;
}

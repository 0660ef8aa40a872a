import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The last plan of a chain's sync and, once the past is written, what it took. */
@Entity('sync_plan')
export class SyncPlan {
  @PrimaryColumn('bigint')
  chainId: string;

  @Column('timestamptz')
  madeAt: Date;

  @Column('jsonb')
  plan: object;

  /** Grows over several runs of the indexer, until `measuredAt`. */
  @Column('jsonb', { nullable: true })
  actual: object | null;

  @Column('timestamptz', { nullable: true })
  measuredAt: Date | null;
}

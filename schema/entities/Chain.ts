import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A chain as the indexer sees it. `height`, `blockHash`, `blockTime` are the cursor: the last block whose facts are written. */
@Entity('chain')
export class Chain {
  @PrimaryColumn('bigint')
  chainId: string;

  @Column('text')
  name: string;

  @Column('boolean')
  recorded: boolean;

  @Column('bytea', { nullable: true })
  genesisHash: Buffer | null;

  @Column('text')
  phase: string;

  @Column('text', { nullable: true })
  phaseReason: string | null;

  @Column('bigint', { nullable: true })
  height: string | null;

  @Column('bytea', { nullable: true })
  blockHash: Buffer | null;

  @Column('timestamptz', { nullable: true })
  blockTime: Date | null;

  @Column('bigint', { nullable: true })
  headHeight: string | null;

  @Column('timestamptz', { nullable: true })
  headTime: Date | null;

  @Column('bigint', { nullable: true })
  finalizedHeight: string | null;

  @Column('timestamptz', { nullable: true })
  seenAt: Date | null;

  @Column('bigint', { nullable: true })
  safeHeight: string | null;

  @Column('integer', { default: 0 })
  reorgs: number;

  @Column('integer', { default: 0 })
  deepestReorg: number;

  @Column('bigint', { default: 0 })
  leaseEpoch: string;

  @Column('text', { nullable: true })
  leaseHolder: string | null;

  @Column('timestamptz', { nullable: true })
  leaseUntil: Date | null;
}

import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Headers of the blocks that carry facts and of the recent ones, from which a reorg finds the common ancestor. */
@Entity('block')
@Index('block_time', { synchronize: false })
@Index('block_hash', { synchronize: false })
export class Block {
  @PrimaryColumn('bigint')
  chainId: string;

  @PrimaryColumn('bigint')
  height: string;

  @Column('bytea')
  hash: Buffer;

  /** Null for a block of the past whose logs carried its time: its header was not asked for. */
  @Column('bytea', { nullable: true })
  parentHash: Buffer | null;

  @Column('timestamptz')
  time: Date;

  /** Sum of the leaves of all facts up to this block, and how many they are; see indexer/writer/digest.ts. */
  @Column('bytea', { nullable: true })
  digestSum: Buffer | null;

  @Column('bigint', { nullable: true })
  digestRows: string | null;
}

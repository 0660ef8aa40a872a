import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What a price feed said, valid or not. Append-only; USD of another fact is by the last valid one before it. */
@Entity('feed_answer')
@Index('feed_answer_updated', { synchronize: false })
export class FeedAnswer {
  @PrimaryColumn('bigint')
  chainId: string;

  @PrimaryColumn('bigint')
  height: string;

  @PrimaryColumn('integer')
  logIndex: number;

  @PrimaryColumn('smallint', { default: 0 })
  part: number;

  /** The first of the chain's networks that names the feed. */
  @Column('text')
  networkId: string;

  /** Address of the proxy, in lower case. */
  @Column('text')
  feed: string;

  @Column('text')
  aggregator: string;

  /** Of the proxy; null where nobody has said which one the aggregator is. */
  @Column('integer', { nullable: true })
  phase: number | null;

  /** The aggregator's own. */
  @Column('numeric')
  roundId: string;

  /** USD for one token, times 10 to the power of `decimals`; not above zero: no answer. */
  @Column('numeric')
  answer: string;

  /** Unix seconds, as the feed says: any number. */
  @Column('numeric')
  updatedAt: string;

  @Column('smallint')
  decimals: number;

  /** Of the block. */
  @Column('timestamptz')
  time: Date;
}

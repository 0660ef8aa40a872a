import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One log of a network: the raw topics and data, what they decode to, and the nouns they speak of. */
@Entity('event')
@Index('event_job', { synchronize: false })
@Index('event_transaction', { synchronize: false })
export class Event {
  @PrimaryColumn('bigint')
  chainId: string;

  @PrimaryColumn('bigint')
  height: string;

  @PrimaryColumn('integer')
  logIndex: number;

  @Column('integer')
  txIndex: number;

  @Column('bytea')
  blockHash: Buffer;

  @Column('bytea')
  txHash: Buffer;

  @Column('timestamptz')
  time: Date;

  @Column('text')
  networkId: string;

  @Column('bytea')
  address: Buffer;

  @Column('bytea', { array: true })
  topics: Buffer[];

  @Column('bytea')
  data: Buffer;

  @Column('text')
  name: string;

  @Column('text')
  kind: string;

  /** As text, with its keys in order: it is only ever read as a whole. */
  @Column('json')
  args: Record<string, unknown>;

  @Column('text', { nullable: true })
  providerId: string | null;

  @Column('text', { nullable: true })
  nodeId: string | null;

  @Column('text', { nullable: true })
  jobId: string | null;

  @Column('text', { nullable: true })
  taskId: string | null;
}

import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One agreement about paid work (an iExec deal), derived from its steps. */
@Entity('job')
@Index('job_time', { synchronize: false })
@Index('job_network', { synchronize: false })
@Index('job_provider', { synchronize: false })
@Index('job_buyer', { synchronize: false })
@Index('job_status', { synchronize: false })
@Index('job_unended', { synchronize: false })
@Index('job_deadline', { synchronize: false })
@Index('job_long', { synchronize: false })
export class Job {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  networkId: string;

  @Column('bigint')
  chainId: string;

  @Column('text')
  nativeId: string;

  @Column('text', { nullable: true })
  providerId: string | null;

  @Column('text', { nullable: true })
  buyer: string | null;

  @Column('text')
  status: string;

  @Column('integer')
  volume: number;

  @Column('integer', { default: 0 })
  tasksCompleted: number;

  @Column('integer', { default: 0 })
  tasksFailed: number;

  @Column('numeric', { nullable: true })
  price: string | null;

  @Column('numeric', { nullable: true })
  providerPrice: string | null;

  @Column('text', { nullable: true })
  priceToken: string | null;

  @Column('text', { nullable: true })
  priceUnit: string | null;

  /** Decimals of both prices, where they are not the token's. */
  @Column('smallint', { nullable: true })
  priceScale: number | null;

  @Column('json', { default: {} })
  attributes: Record<string, unknown>;

  @Column('bigint')
  height: string;

  @Column('timestamptz')
  time: Date;

  @Column('timestamptz', { nullable: true })
  deadline: Date | null;

  @Column('bigint', { nullable: true })
  endedHeight: string | null;

  @Column('timestamptz', { nullable: true })
  endedTime: Date | null;
}

import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Tokens moved for work, in base units. Append-only. */
@Entity('payout')
@Index('payout_network', { synchronize: false })
@Index('payout_provider', { synchronize: false })
@Index('payout_job', { synchronize: false })
@Index('payout_time', { synchronize: false })
export class Payout {
  @PrimaryColumn('bigint')
  chainId: string;

  @PrimaryColumn('bigint')
  height: string;

  @PrimaryColumn('integer')
  logIndex: number;

  @PrimaryColumn('smallint', { default: 0 })
  part: number;

  @Column('text')
  networkId: string;

  @Column('text', { nullable: true })
  providerId: string | null;

  @Column('text', { nullable: true })
  jobId: string | null;

  @Column('text', { nullable: true })
  taskId: string | null;

  @Column('text', { nullable: true })
  payer: string | null;

  /** Null where the log names the job alone and its provider is unknown. */
  @Column('text', { nullable: true })
  recipient: string | null;

  @Column('text')
  role: string;

  /** Pay for work, which totals count; false for penalties, shares of them, and withdrawals. */
  @Column('boolean')
  forWork: boolean;

  @Column('text')
  token: string;

  @Column('numeric')
  amount: string;

  @Column('timestamptz')
  time: Date;

  @Column('bytea')
  txHash: Buffer;
}

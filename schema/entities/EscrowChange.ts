import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Buyers' money that a protocol holds, in base units of the work token. Append-only. */
@Entity('escrow_change')
@Index('escrow_change_job', { synchronize: false })
@Index('escrow_change_network', { synchronize: false })
@Index('escrow_change_account', { synchronize: false })
@Index('escrow_change_time', { synchronize: false })
export class EscrowChange {
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
  jobId: string | null;

  @Column('text', { nullable: true })
  account: string | null;

  /** Which of the account's balances, where the protocol keeps several. */
  @Column('text', { nullable: true })
  subaccount: string | null;

  /** `deposited`, `withdrawn`, `spent` or `moved`. */
  @Column('text')
  kind: string;

  @Column('text')
  token: string;

  @Column('numeric')
  amount: string;

  /** Signed effect on what is held. */
  @Column('numeric')
  delta: string;

  @Column('timestamptz')
  time: Date;

  @Column('bytea')
  txHash: Buffer;
}

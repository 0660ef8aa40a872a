import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A balance as a log states it, after all that the log changes: held against the changes. Append-only. */
@Entity('balance_statement')
@Index('balance_statement_account', { synchronize: false })
export class BalanceStatement {
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

  /** `escrow` or `stake`. */
  @Column('text')
  kind: string;

  @Column('text')
  account: string;

  /** Which of the account's balances, where the protocol keeps several. */
  @Column('text', { nullable: true })
  subaccount: string | null;

  @Column('text')
  token: string;

  @Column('numeric')
  amount: string;

  @Column('timestamptz')
  time: Date;

  @Column('bytea')
  txHash: Buffer;
}

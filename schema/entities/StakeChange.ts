import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A movement of stake in base units; `delta` is its signed effect on the provider's bonded stake. Append-only. */
@Entity('stake_change')
@Index('stake_change_network', { synchronize: false })
@Index('stake_change_provider', { synchronize: false })
@Index('stake_change_account', { synchronize: false })
@Index('stake_change_time', { synchronize: false })
@Index('stake_change_slashed', { synchronize: false })
export class StakeChange {
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
  nodeId: string | null;

  @Column('text', { nullable: true })
  taskId: string | null;

  /** Null: the log names a task, and who runs it is not known. */
  @Column('text', { nullable: true })
  account: string | null;

  @Column('text')
  kind: string;

  @Column('text')
  token: string;

  @Column('numeric')
  amount: string;

  @Column('numeric')
  delta: string;

  @Column('timestamptz')
  time: Date;

  @Column('bytea')
  txHash: Buffer;
}

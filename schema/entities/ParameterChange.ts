import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A rule of a protocol that was changed on chain. Append-only. */
@Entity('parameter_change')
@Index('parameter_change_network', { synchronize: false })
export class ParameterChange {
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

  @Column('text')
  name: string;

  @Column('text')
  value: string;

  @Column('timestamptz')
  time: Date;

  @Column('bytea')
  txHash: Buffer;
}

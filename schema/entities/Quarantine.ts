import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A log that could not be decoded or given a meaning: kept raw, with the stage and the reason. */
@Entity('quarantine')
export class Quarantine {
  @PrimaryColumn('bigint')
  chainId: string;

  @PrimaryColumn('bigint')
  height: string;

  @PrimaryColumn('integer')
  logIndex: number;

  @Column('bytea')
  blockHash: Buffer;

  @Column('bytea')
  txHash: Buffer;

  @Column('text')
  networkId: string;

  @Column('bytea')
  address: Buffer;

  @Column('bytea', { array: true })
  topics: Buffer[];

  @Column('bytea')
  data: Buffer;

  @Column('text')
  stage: string;

  @Column('text')
  reason: string;

  @Column('timestamptz')
  time: Date;
}

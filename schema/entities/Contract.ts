import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A contract that a factory announced; its logs count from that log on. */
@Entity('contract')
@Index('contract_born', { synchronize: false })
export class Contract {
  @PrimaryColumn('bigint')
  chainId: string;

  @PrimaryColumn('bytea')
  address: Buffer;

  @PrimaryColumn('text')
  networkId: string;

  @Column('text')
  role: string;

  @Column('bigint')
  height: string;

  @Column('integer')
  logIndex: number;
}

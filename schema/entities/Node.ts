import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A machine that works for providers, known from its first attempt on. */
@Entity('node')
@Index('node_network', { synchronize: false })
@Index('node_born', { synchronize: false })
export class Node {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  networkId: string;

  @Column('bigint')
  chainId: string;

  @Column('text')
  nativeId: string;

  @Column('bigint')
  height: string;

  @Column('timestamptz')
  time: Date;
}

import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What one block added to a network's totals. */
@Entity('network_delta')
@Index('network_delta_network', { synchronize: false })
export class NetworkDelta {
  @PrimaryColumn('bigint')
  chainId: string;

  @PrimaryColumn('bigint')
  height: string;

  @PrimaryColumn('text')
  networkId: string;

  @Column('timestamptz')
  time: Date;

  @Column('bigint', { default: '0' })
  providers: string;

  @Column('bigint', { default: '0' })
  nodes: string;

  @Column('bigint', { default: '0' })
  jobs: string;

  @Column('bigint', { default: '0' })
  tasks: string;

  @Column('bigint', { default: '0' })
  tasksCompleted: string;

  @Column('bigint', { default: '0' })
  tasksFailed: string;

  @Column('numeric', { default: '0' })
  stake: string;

  @Column('numeric', { default: '0' })
  paid: string;
}

import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What one block added to a provider's totals. */
@Entity('provider_delta')
@Index('provider_delta_height', { synchronize: false })
export class ProviderDelta {
  @PrimaryColumn('text')
  providerId: string;

  @PrimaryColumn('bigint')
  height: string;

  @Column('bigint')
  chainId: string;

  @Column('timestamptz')
  time: Date;

  @Column('bigint', { default: '0' })
  jobs: string;

  @Column('bigint', { default: '0' })
  tasksCompleted: string;

  @Column('bigint', { default: '0' })
  tasksFailed: string;

  @Column('numeric', { default: '0' })
  stake: string;

  @Column('numeric', { default: '0' })
  rewarded: string;

  @Column('numeric', { default: '0' })
  slashed: string;

  @Column('numeric', { default: '0' })
  paid: string;
}

import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What a block added to a provider's totals; of the long past, what a range of blocks did. */
@Entity('provider_delta')
@Index('provider_delta_height', { synchronize: false })
export class ProviderDelta {
  @PrimaryColumn('text')
  providerId: string;

  /** The last of these blocks in which the provider appears. */
  @PrimaryColumn('bigint')
  height: string;

  /** The first of these blocks; the range ends with the batch that wrote it. */
  @Column('bigint')
  heightFrom: string;

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

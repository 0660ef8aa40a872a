import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Who sells. Attributes are those of the open `provider_version`; totals are the sums of `provider_delta`. */
@Entity('provider')
@Index('provider_network', { synchronize: false })
@Index('provider_born', { synchronize: false })
@Index('provider_name', { synchronize: false })
@Index('provider_grams', { synchronize: false })
@Index('provider_native', { synchronize: false })
@Index('provider_owner', { synchronize: false })
export class Provider {
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

  @Column('text', { nullable: true })
  owner: string | null;

  @Column('text', { nullable: true })
  name: string | null;

  @Column('text', { nullable: true })
  uri: string | null;

  @Column('boolean', { nullable: true })
  active: boolean | null;

  @Column('jsonb', { default: {} })
  terms: Record<string, unknown>;

  /** By attribute whose text was cleaned, a fingerprint of it as it stood. */
  @Column('jsonb', { default: {} })
  altered: Record<string, string>;

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

  @Column('bigint')
  lastHeight: string;

  @Column('timestamptz')
  lastTime: Date;
}

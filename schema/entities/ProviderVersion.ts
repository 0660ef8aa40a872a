import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What a provider said of itself, over heights `[heightFrom, heightTo)`. */
@Entity('provider_version')
@Index('provider_version_from', { synchronize: false })
export class ProviderVersion {
  @PrimaryColumn('text')
  providerId: string;

  @PrimaryColumn('bigint')
  heightFrom: string;

  @Column('bigint', { nullable: true })
  heightTo: string | null;

  @Column('bigint')
  chainId: string;

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
}

import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What was said of a machine, over heights `[heightFrom, heightTo)`. */
@Entity('node_version')
@Index('node_version_from', { synchronize: false })
export class NodeVersion {
  @PrimaryColumn('text')
  nodeId: string;

  @PrimaryColumn('bigint')
  heightFrom: string;

  @Column('bigint', { nullable: true })
  heightTo: string | null;

  @Column('bigint')
  chainId: string;

  /** Who runs it. */
  @Column('text', { nullable: true })
  providerId: string | null;

  @Column('boolean', { nullable: true })
  active: boolean | null;

  @Column('text', { nullable: true })
  region: string | null;

  @Column('text', { nullable: true })
  gpuModel: string | null;

  @Column('integer', { nullable: true })
  gpuCount: number | null;

  /** Of one GPU, in MiB. */
  @Column('integer', { nullable: true })
  vramMb: number | null;

  @Column('text', { nullable: true })
  uri: string | null;

  @Column('jsonb', { default: {} })
  terms: Record<string, unknown>;

  /** By attribute whose text was cleaned, a fingerprint of it as it stood. */
  @Column('jsonb', { default: {} })
  altered: Record<string, string>;
}

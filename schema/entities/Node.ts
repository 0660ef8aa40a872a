import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A machine that works for providers. Attributes are those of the open `node_version`; null: nothing was said. */
@Entity('node')
@Index('node_network', { synchronize: false })
@Index('node_born', { synchronize: false })
@Index('node_provider', { synchronize: false })
@Index('node_gpu_model', { synchronize: false })
@Index('node_native', { synchronize: false })
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

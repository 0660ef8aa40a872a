import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A key that speaks for nodes: `session`, an Ed25519 key; `direct`, an account that signs each beat by itself. */
@Entity('delegation')
@Index('delegation_account', { synchronize: false })
@Index('delegation_revoked', { synchronize: false })
export class Delegation {
  @PrimaryGeneratedColumn('identity', { type: 'integer', generatedIdentity: 'ALWAYS' })
  delegationKey: number;

  @Column('bytea', { unique: true })
  id: Buffer;

  @Column('text')
  kind: string;

  @Column('text')
  networkId: string;

  /** Who granted it. */
  @Column('bytea')
  account: Buffer;

  @Column('bytea', { nullable: true })
  publicKey: Buffer | null;

  /** Unix s, as all three. */
  @Column('bigint')
  validFrom: string;

  @Column('bigint')
  validTo: string;

  /** What was sent before it stays. */
  @Column('bigint', { nullable: true })
  revokedAt: string | null;

  /** Whether batches may bear a MAC in place of a signature. */
  @Column('boolean', { default: false })
  mac: boolean;

  /** Keys of `heartbeat_node`, in the order of the scope that was signed. */
  @Column('integer', { array: true })
  nodes: number[];

  @Column('timestamptz')
  openedAt: Date;
}

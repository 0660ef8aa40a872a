import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A key of the API with a bucket of its own. Of the key itself there is only a hash. */
@Entity('api_key')
@Index('api_key_hash', { synchronize: false })
export class ApiKey {
  /** Public: it names the key and opens nothing. */
  @PrimaryColumn('text')
  id: string;

  /** SHA-256 of the token. */
  @Column('bytea')
  hash: Buffer;

  /** Whose it is. */
  @Column('text')
  name: string;

  /** Points at once, and points a second. */
  @Column('integer')
  capacity: number;

  @Column('integer')
  perSecond: number;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  revokedAt: Date | null;

  /** To the minute. */
  @Column('timestamptz', { nullable: true })
  lastUsedAt: Date | null;
}

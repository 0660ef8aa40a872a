import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * Amounts that break a rule of their network's `conservation`, or that no rule allows anywhere. Derived from the facts up
 * to its height and nothing else: it may be dropped and found again, apart from when it was found.
 */
@Entity('anomaly')
@Index('anomaly_network', { synchronize: false })
export class Anomaly {
  @PrimaryColumn('bigint')
  chainId: string;

  @PrimaryColumn('bigint')
  height: string;

  /** The last log that had a part in it. */
  @PrimaryColumn('integer')
  logIndex: number;

  /** A rule of the manifest, or `effect`: a change whose effect is not what it changes. */
  @PrimaryColumn('text')
  rule: string;

  /** A job's, provider's or token's id, or an account. */
  @PrimaryColumn('text')
  subject: string;

  @Column('text')
  networkId: string;

  @Column('text')
  token: string;

  /** Base units of the token: what the facts before come to, and what this one says. */
  @Column('numeric')
  expected: string;

  @Column('numeric')
  got: string;

  @Column('timestamptz')
  time: Date;

  @Column('bytea')
  txHash: Buffer;

  @Column('timestamptz', { default: () => 'now()' })
  foundAt: Date;
}

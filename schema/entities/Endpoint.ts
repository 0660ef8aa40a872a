import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How an RPC endpoint does, as the indexer that holds the chain's lease sees it. */
@Entity('endpoint')
export class Endpoint {
  @PrimaryColumn('bigint')
  chainId: string;

  @PrimaryColumn('text')
  name: string;

  @Column('text')
  role: string;

  @Column('text')
  state: string;

  @Column('bigint')
  requests: string;

  @Column('bigint')
  calls: string;

  @Column('bigint')
  bytes: string;

  @Column('bigint')
  failures: string;

  @Column('bigint')
  faults: string;

  @Column('text', { nullable: true })
  faultReason: string | null;

  @Column('text', { nullable: true })
  faultDetail: string | null;

  @Column('timestamptz', { nullable: true })
  faultAt: Date | null;

  @Column('integer', { nullable: true })
  latencyMs: number | null;

  @Column('integer', { nullable: true })
  rateLimit: number | null;

  @Column('bigint', { nullable: true })
  headHeight: string | null;

  @Column('timestamptz', { nullable: true })
  setAsideUntil: Date | null;

  @Column('timestamptz')
  updatedAt: Date;
}

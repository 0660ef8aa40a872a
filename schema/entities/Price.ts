import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What somebody asked, offered or agreed on, as the chain recorded it. Append-only: the last one of its kind holds. */
@Entity('price')
@Index('price_provider', { synchronize: false })
@Index('price_network', { synchronize: false })
@Index('price_job', { synchronize: false })
@Index('price_offered', { synchronize: false })
@Index('price_time', { synchronize: false })
@Index('price_asked', { synchronize: false })
export class Price {
  @PrimaryColumn('bigint')
  chainId: string;

  @PrimaryColumn('bigint')
  height: string;

  @PrimaryColumn('integer')
  logIndex: number;

  @PrimaryColumn('smallint', { default: 0 })
  part: number;

  @Column('text')
  networkId: string;

  @Column('text', { nullable: true })
  providerId: string | null;

  @Column('text', { nullable: true })
  nodeId: string | null;

  @Column('text', { nullable: true })
  jobId: string | null;

  /** `advertised`, `bid` or `settled`. */
  @Column('text')
  basis: string;

  /** `second`, `hour`, `task`, `token`, `pixel` or `epoch`. */
  @Column('text')
  unit: string;

  /** What of it is priced, where one provider prices several things. */
  @Column('text', { nullable: true })
  resource: string | null;

  @Column('text')
  token: string;

  @Column('numeric')
  amount: string;

  /** Decimals of the amount, where they are not the token's. */
  @Column('smallint', { nullable: true })
  scale: number | null;

  @Column('timestamptz')
  time: Date;
}

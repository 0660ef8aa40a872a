import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A token a network pays or stakes in. `id` is `<network>:<symbol in lower case>`. */
@Entity('token')
export class Token {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  networkId: string;

  @Column('text')
  symbol: string;

  @Column('smallint')
  decimals: number;

  @Column('bytea', { nullable: true })
  address: Buffer | null;

  /** Where USD for it comes from, a `UsdSource`; null where nobody has said. */
  @Column('jsonb', { nullable: true })
  usd: Record<string, unknown> | null;
}

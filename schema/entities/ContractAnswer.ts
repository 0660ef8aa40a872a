import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An answer of a contract read, pinned to a block hash and therefore true for good. */
@Entity('contract_read')
export class ContractAnswer {
  @PrimaryColumn('bigint')
  chainId: string;

  @PrimaryColumn('text')
  key: string;

  @Column('jsonb', { nullable: true })
  answer: unknown;
}

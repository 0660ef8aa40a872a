import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Which providers act as one, and by which accounts of theirs that shows. */
@Entity('operator_member')
@Index('operator_member_operator', { synchronize: false })
export class OperatorMember {
  @PrimaryColumn('text')
  providerId: string;

  @Column('text')
  networkId: string;

  @Column('text')
  operatorId: string;

  @Column('jsonb')
  links: Record<string, unknown>;
}

import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A run of at least two slots in which a node was down; UNKNOWN slots within it neither count nor end it. */
@Entity('outage')
@Index('outage_last', { synchronize: false })
@Index('outage_from', { synchronize: false })
@Index('outage_long', { synchronize: false })
export class Outage {
  @PrimaryColumn('integer')
  nodeKey: number;

  @PrimaryColumn('integer')
  fromSlot: number;

  @Column('integer')
  lastSlot: number;

  @Column('integer')
  down: number;

  @Column('boolean')
  ended: boolean;
}

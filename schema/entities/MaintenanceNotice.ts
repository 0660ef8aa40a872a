import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Maintenance that was announced in time, over slots `[fromSlot, toSlot)`. */
@Entity('maintenance_notice')
export class MaintenanceNotice {
  @PrimaryColumn('integer')
  nodeKey: number;

  @PrimaryColumn('integer')
  fromSlot: number;

  @PrimaryColumn('integer')
  toSlot: number;

  /** Who signed it. */
  @Column('bytea')
  account: Buffer;

  @Column('timestamptz')
  receivedAt: Date;
}

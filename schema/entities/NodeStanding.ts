import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A node over the thirty days before `toHour`, so that the best of many are found without adding up all of them. */
@Entity('node_standing')
@Index('node_standing_uptime', { synchronize: false })
export class NodeStanding {
  @PrimaryColumn('integer')
  nodeKey: number;

  @Column('text')
  networkId: string;

  /** Not within it. */
  @Column('integer')
  toHour: number;

  @Column('integer')
  up: number;

  @Column('integer')
  known: number;

  @Column('integer')
  expected: number;

  @Column('integer')
  maintenance: number;

  @Column('integer')
  maintenanceUp: number;

  /** `up / known` in millionths, rounded down, for the order alone; null: nothing is known. */
  @Column('integer', { nullable: true })
  uptimePpm: number | null;
}

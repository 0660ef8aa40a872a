import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A node, or a provider whose protocol names no machines, that has opened a session; its number in all that grows with nodes. */
@Entity('heartbeat_node')
@Index('heartbeat_node_network', { synchronize: false })
@Index('heartbeat_node_provider', { synchronize: false })
export class HeartbeatNode {
  @PrimaryGeneratedColumn('identity', { type: 'integer', generatedIdentity: 'ALWAYS' })
  nodeKey: number;

  /** Public id of the node, or of the provider. */
  @Column('text', { unique: true })
  nodeId: string;

  @Column('text')
  networkId: string;

  @Column('text', { nullable: true })
  providerId: string | null;

  /** Of the first beat in time: before it nothing was expected. */
  @Column('integer', { nullable: true })
  firstSlot: number | null;
}

import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a node last said is in it: of two words for one slot the one with the smaller digest. */
@Entity('node_hardware')
export class NodeHardware {
  @PrimaryColumn('integer')
  nodeKey: number;

  @Column('integer')
  slot: number;

  @Column('bigint')
  digest: string;

  @Column('text', { nullable: true })
  gpuModel: string | null;

  @Column('integer')
  gpuCount: number;

  /** Of one GPU. */
  @Column('integer', { nullable: true })
  vramMb: number | null;
}

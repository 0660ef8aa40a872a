import { percentileCont } from '../statistics/percentileCont.js';

export interface NodeSlots {
  /** Null or 0: it has none, or did not say. Its slots count in the mean and in the pool, not by capacity. */
  readonly gpus: number | null;
  readonly up: number;
  readonly known: number;
}

export interface NetworkUptime {
  /** Weighted by GPUs: the headline, what somebody who rents a GPU at random meets. */
  readonly capacityWeighted: number | null;
  readonly pooledSlots: number | null;
  readonly meanOfNodes: number | null;
  /** Counted apart: neither 0 nor 1. */
  readonly nodesWithoutData: number;
  /** Of the nodes' uptimes; a mean hides a dead tail. */
  readonly p5: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
}

/** A network's uptime, three ways and as a distribution (`REL-11`; cf. Hauer et al., Meaningful Availability, NSDI 2020). Null: no evidence. */
export function networkUptime(nodes: readonly NodeSlots[]): NetworkUptime {
  const known = nodes.filter((node) => node.known > 0);
  const sum = (of: (node: NodeSlots) => number) => known.reduce((total, node) => total + of(node), 0);
  // Ascending, so that the order in which nodes come changes no bit of the mean.
  const rates = known.map((node) => node.up / node.known).sort((one, other) => one - other);
  const gpus = (node: NodeSlots) => Math.max(0, node.gpus ?? 0);
  return {
    capacityWeighted: divide(
      sum((node) => gpus(node) * node.up),
      sum((node) => gpus(node) * node.known),
    ),
    pooledSlots: divide(
      sum((node) => node.up),
      sum((node) => node.known),
    ),
    meanOfNodes: divide(
      rates.reduce((total, rate) => total + rate, 0),
      rates.length,
    ),
    nodesWithoutData: nodes.length - known.length,
    p5: percentileCont(rates, 0.05),
    p50: percentileCont(rates, 0.5),
    p95: percentileCont(rates, 0.95),
  };
}

function divide(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

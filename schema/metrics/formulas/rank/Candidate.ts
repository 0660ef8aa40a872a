import type { EvidenceGrade } from '../score/Score.js';

/** What somebody wants to run, as far as providers are held against it. */
export interface Workload {
  /** Id of a model of the catalogue of GPUs; null: any. */
  readonly model: string | null;
  /** Memory of one GPU in GiB, as its vendor names it; null: any. */
  readonly minVramGib: number | null;
  /** At once, of one provider. */
  readonly gpuCount: number;
  /** In lower case; null: any. */
  readonly regionsIn: readonly string[] | null;
  readonly regionsOut: readonly string[];
  /** What the lower bound of success must come to, from 0 to 1, at 18 decimals; null: anything. */
  readonly minSuccess: bigint | null;
  /** USD for a GPU-hour at 18 decimals; null: anything. */
  readonly maxPrice: bigint | null;
}

/** What a GPU-hour costs, at 18 decimals. */
export interface GpuHourPrice {
  readonly token: string;
  /** Whole tokens. */
  readonly inToken: bigint;
  /** Null: nobody knows what the token is worth. */
  readonly usd: bigint | null;
}

/** A machine that is on offer, or what is priced without one. Null is not known. */
export interface Machine {
  readonly id: string | null;
  /** Id of a model of the catalogue; null: none is claimed, or one that the catalogue does not know. */
  readonly model: string | null;
  /** Of one GPU, nominal. */
  readonly vramMib: number | null;
  /** False: the claim cannot be true. */
  readonly isPlausible: boolean | null;
  readonly gpus: number | null;
  readonly region: string | null;
  readonly isOnline: boolean | null;
  /** Whether it has a task: then none of its GPUs counts as free, for nobody says how many a task takes. */
  readonly isBusy: boolean | null;
  readonly ask: GpuHourPrice | null;
}

/** The middle of what was lately agreed on for a machine. */
export interface SettledPrice {
  /** Null: for no machine in particular. */
  readonly machine: string | null;
  readonly price: GpuHourPrice;
  readonly trades: number;
}

/** How attempts at tasks went over 30 days, and what the score makes of its own evidence. */
export interface SuccessRecord {
  readonly attempts: number;
  readonly succeeded: number;
  /** Lower bound of the score's job success, a decimal; null: there is no score. */
  readonly scoreLower: string | null;
  readonly evidence: EvidenceGrade | null;
}

export interface Candidate {
  readonly id: string;
  /** Of a history that was recorded: nothing of it is on offer. */
  readonly isHistory: boolean;
  /** False: it says that it takes no work. */
  readonly isActive: boolean | null;
  /** Why its network does not record something, as a sentence. */
  readonly notRecorded: { readonly [what in 'nodes' | 'price' | 'jobs']?: string };
  readonly machines: readonly Machine[];
  /** Whether so many machines of its network are heard that silence tells something. */
  readonly isHeard: boolean;
  /** Units it is priced by where that is not the GPU-hour. */
  readonly otherUnits: readonly string[];
  readonly settled: readonly SettledPrice[];
  readonly success: SuccessRecord;
  /** Lower bounds and points as decimals, for the order of equal costs; null: not known. */
  readonly availability: string | null;
  readonly score: string | null;
}

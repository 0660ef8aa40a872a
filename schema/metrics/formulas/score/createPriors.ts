import type { Links } from './createLinkFinder.js';
import { isInWindows } from './findCirculation.js';
import type { PreparedRecord } from './prepareRecord.js';
import { flatPrior, type PanelSums, type Prior, priorOfPanel } from './prior.js';
import { says } from './readOutcome.js';
import { scoreMethod } from './scoreMethod.js';
import { toWeight } from './toWeight.js';

const RATE = 2 ** 20;

/** Priors of jobs and promises of whoever is asked for, of the record of others' first days. */
export interface Priors {
  /** @param leftOut providers, without repeats. */
  readonly find: (
    what: 'jobs' | 'promises',
    of: { readonly hardware: string | null; readonly leftOut: readonly number[] | Int32Array },
  ) => Prior;
}

interface Member extends PanelSums {
  readonly hardware: string | null;
}

/**
 * The panel is of the providers first seen within the year, with what they did in their first thirty days (`REP-09`: newcomers, not
 * survivors). Each is one voice, and no buyer counts for more than ten in it. Buyers' history elsewhere is not asked for here: it is made
 * of others' outcomes, and nobody's outcomes shall move the prior that stands in for them. Rates and sums are whole multiples of small powers of two, so leaving out is exact.
 */
export function createPriors(prepared: PreparedRecord, view: PanelView): Priors {
  const records = prepared.providers.map((_, provider) => toFirstDays(prepared, view, provider));
  const panels = {
    jobs: toPanel(records.map((record, provider) => toMember(record.jobs, view.hardwareOf[provider] ?? null))),
    promises: toPanel(records.map((record, provider) => toMember(record.promises, view.hardwareOf[provider] ?? null))),
  };
  return {
    find: (what, { hardware, leftOut }) => {
      const { members, byHardware, all } = panels[what];
      const own = Array.from(leftOut, (provider) => members[provider]).filter((member) => member !== undefined);
      const peers = subtract(
        byHardware.get(hardware) ?? none,
        own.filter((member) => member.hardware === hardware),
      );
      const panel = hardware !== null && peers.members >= scoreMethod.panel.minPeers ? peers : subtract(all, own);
      return panel.members < scoreMethod.panel.minPeers ? flatPrior : (priorOfPanel(panel) ?? flatPrior);
    },
  };
}

export interface PanelView {
  readonly links: Links;
  readonly circulation: Uint16Array;
  readonly at: number;
  readonly hardwareOf: readonly (string | null)[];
}

interface Panel {
  /** By provider. */
  readonly members: readonly (Member | undefined)[];
  readonly byHardware: ReadonlyMap<string | null, PanelSums>;
  readonly all: PanelSums;
}

const none: PanelSums = { members: 0, rates: 0, squares: 0, inverseTrials: 0 };

function toPanel(members: readonly (Member | undefined)[]): Panel {
  const byHardware = new Map<string | null, PanelSums>();
  let all = none;
  for (const member of members) {
    if (member === undefined) continue;
    byHardware.set(member.hardware, add(byHardware.get(member.hardware) ?? none, member));
    all = add(all, member);
  }
  return { members, byHardware, all };
}

interface Tally {
  good: number;
  bad: number;
}

const nothing: Tally = { good: 0, bad: 0 };

/**
 * What a provider of the panel did in its first days: without decay, each buyer up to ten of each kind. Promises that are overdue
 * are not settled and not in it.
 */
function toFirstDays(prepared: PreparedRecord, view: PanelView, provider: number) {
  const bornAt = prepared.providers[provider]?.bornAt ?? view.at;
  if (bornAt >= view.at || bornAt < view.at - scoreMethod.memory) return { jobs: nothing, promises: nothing };
  const until = Math.min(view.at, bornAt + scoreMethod.panel.firstDays);
  const jobs = new Map<number, Tally>();
  const promises = new Map<number, Tally>();
  for (const row of prepared.timelines[provider]?.rows ?? []) {
    const time = prepared.rows.appear[row] ?? 0;
    if (time >= until) break;
    if (!countsInPanel(prepared, view, row)) continue;
    const what = prepared.rows.says[row] ?? 0;
    const weight = toWeight(prepared.rows.weight[row] ?? 0);
    const pair = prepared.rows.pair[row] ?? 0;
    const cluster = view.links.clusterOf[prepared.pairs.buyer[pair] ?? 0] ?? 0;
    addTally(jobs, cluster, { good: what & says.success, bad: what & (says.failure | says.lostDispute), weight });
    addTally(promises, cluster, { good: what & says.kept, bad: what & says.missed, weight });
  }
  return { jobs: capTallies(jobs), promises: capTallies(promises) };
}

function countsInPanel({ rows }: PreparedRecord, { links, circulation, at }: PanelView, row: number): boolean {
  const pair = rows.pair[row] ?? 0;
  const age = at - (rows.appear[row] ?? 0);
  if ((rows.vanish[row] ?? 0) < at || age > scoreMethod.memory || links.isLinked[pair] === 1) return false;
  return !isInWindows(circulation[pair] ?? 0, age);
}

function addTally(
  tallies: Map<number, Tally>,
  cluster: number,
  row: { readonly good: number; readonly bad: number; readonly weight: number },
): void {
  if (row.good + row.bad === 0) return;
  const tally = tallies.get(cluster) ?? { good: 0, bad: 0 };
  if (row.good !== 0) tally.good += row.weight;
  if (row.bad !== 0) tally.bad += row.weight;
  tallies.set(cluster, tally);
}

function capTallies(tallies: ReadonlyMap<number, Tally>): Tally {
  const sum = { good: 0, bad: 0 };
  for (const { good, bad } of tallies.values()) {
    sum.good += Math.min(scoreMethod.buyerCap, good);
    sum.bad += Math.min(scoreMethod.buyerCap, bad);
  }
  return sum;
}

function toMember({ good, bad }: Tally, hardware: string | null): Member | undefined {
  const trials = good + bad;
  if (trials < scoreMethod.panel.minTrials) return undefined;
  const rate = Math.round((good / trials) * RATE) / RATE;
  return {
    members: 1,
    rates: rate,
    squares: rate * rate,
    inverseTrials: toWeight(1 / trials),
    hardware,
  };
}

function add(one: PanelSums, other: PanelSums): PanelSums {
  return {
    members: one.members + other.members,
    rates: one.rates + other.rates,
    squares: one.squares + other.squares,
    inverseTrials: one.inverseTrials + other.inverseTrials,
  };
}

function subtract(from: PanelSums, own: readonly PanelSums[]): PanelSums {
  const left = own.reduce(add, none);
  return {
    members: from.members - left.members,
    rates: from.rates - left.rates,
    squares: from.squares - left.squares,
    inverseTrials: from.inverseTrials - left.inverseTrials,
  };
}

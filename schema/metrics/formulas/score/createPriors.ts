import { type FirstDaysView, findFirstDays, type Tally } from './firstDays.js';
import type { PreparedRecord } from './prepareRecord.js';
import { flatPrior, type PanelSums, type Prior, priorOfPanel } from './prior.js';
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
 * The panel is of the providers first seen within the year, with what they did in their first thirty days (`REP-09`: newcomers,
 * not survivors). Each is one voice. Rates and sums are whole multiples of small powers of two, so leaving out is exact.
 */
export function createPriors(prepared: PreparedRecord, view: PanelView): Priors {
  const records = findFirstDays(prepared, view);
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

export interface PanelView extends FirstDaysView {
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

import {
  type GolemOperator,
  golemBlacklist,
  golemScore,
} from '../../../schema/metrics/formulas/others/golemReputation.js';
import { iexecScores, iexecWeight } from '../../../schema/metrics/formulas/others/iexecPoco.js';
import {
  livepeerAiScore,
  livepeerRoundTripScore,
} from '../../../schema/metrics/formulas/others/livepeerLeaderboard.js';
import { livepeerSelection } from '../../../schema/metrics/formulas/others/livepeerSelection.js';
import { runpodUptime } from '../../../schema/metrics/formulas/others/runpodUptime.js';
import { clippedWindow } from '../../../schema/metrics/formulas/reliability/clippedWindow.js';
import { toSixPlaces } from '../../../schema/metrics/formulas/score/micro.js';
import type { Crowd, Decided, ProviderHistory } from './historyQueries.js';
import type { OtherFormula } from './OtherFormula.js';

/** All that is asked of a formula: a provider's own history, and that of those it is measured by. */
export type FormulaHistory = ProviderHistory & { readonly network: Crowd };

/** A figure with what it was made of, or why there is none. */
type Answer =
  | { readonly value: string; readonly verdict?: string; readonly inputs: Readonly<Record<string, number>> }
  | { readonly reason: string };

interface Entry extends Pick<OtherFormula, 'id' | 'title' | 'unit' | 'note' | 'source' | 'ours'> {
  readonly assumes?: string;
  readonly apply: (history: FormulaHistory) => Answer;
}

/** What formulas of others make of a provider's history, each by its own rules, in the order in which they are shown. Pure. */
export function applyOtherFormulas(history: FormulaHistory): OtherFormula[] {
  return entries.map(({ apply, assumes = null, ...entry }) => {
    const answer = apply(history);
    if ('reason' in answer) return { ...entry, assumes, value: null, verdict: null, reason: answer.reason, inputs: [] };
    const { value, verdict = null, inputs } = answer;
    return { ...entry, assumes, value, verdict, reason: null, inputs: toInputs(inputs) };
  });
}

const MINUTES_OF_MONTH = 30 * 24 * 60;
const NO_OUTCOMES = 'No task of it has been decided yet.';
const NO_BEATS = 'None of its machines sends heartbeats, so nobody knows how long it was down.';

const entries: readonly Entry[] = [
  {
    ...{ id: 'iexec.score', title: 'iExec: score of a worker', unit: 'points', ours: 'score.jobSuccess' },
    assumes: 'Each task that was decided stands for a replicated contribution of one worker.',
    note: 'How long ago it was, how much was at stake and who asked: a fault costs a third, a few more results make it good, and a new name votes with the weight of eleven right ones.',
    source: 'iExecBlockchainComputing/PoCo, contracts/facets/IexecPoco2Facet.sol',
    apply: applyIexec,
  },
  {
    ...{ id: 'golem.score', title: 'Golem: reputation', unit: 'ratio', ours: 'score.reputation' },
    assumes: 'Uptime of all days by heartbeats, success of ten days by tasks.',
    note: 'How much there is behind it: one success of one is 100 %, and what is not known counts as zero.',
    source: 'golemfactory/golem-js, src/experimental/reputation/system.ts',
    apply: applyGolemScore,
  },
  {
    ...{ id: 'golem.blacklist', title: 'Golem: distance from the mean', unit: 'deviations', ours: 'score.reputation' },
    assumes: 'Each provider stands for an operator.',
    note: 'How good everybody is: whoever is one deviation below the mean is out, however well all of them work.',
    source: 'golemfactory/reputation-auditor, api/tasks.py',
    apply: applyGolemBlacklist,
  },
  {
    ...{ id: 'livepeer.ai', title: 'Livepeer: AI leaderboard', unit: 'ratio', ours: 'score.reputation' },
    assumes:
      'Tasks of the last day stand for its test jobs, which are alike; the time from being given one to delivering it stands for the round trip.',
    note: 'How many jobs there were: one of one is full success, and the median that it is measured by moves with the crowd.',
    source: 'livepeer/leaderboard-serverless, score/stats_scorer.go',
    apply: applyLivepeerAi,
  },
  {
    ...{
      id: 'livepeer.transcoding',
      title: 'Livepeer: transcoding leaderboard',
      unit: 'ratio',
      ours: 'score.reputation',
    },
    note: 'How many tests there were, and that one tester makes them all.',
    source: 'livepeer/leaderboard-serverless, score/stats_scorer.go',
    apply: () => ({ reason: 'It takes how long a segment of video plays, and no network here records that.' }),
  },
  {
    ...{
      id: 'livepeer.selection',
      title: 'Livepeer: chance of being selected',
      unit: 'ratio',
      ours: 'score.reputation',
    },
    assumes: 'Providers that take work stand for its orchestrators, and their stake for stake there.',
    note: 'All work that was ever done: by default seven tenths are stake, three tenths are luck, and where nobody passes its filter of performance, everybody does.',
    source: 'livepeer/go-livepeer, server/selection_algorithm.go, cmd/livepeer/starter/starter.go',
    apply: applyLivepeerSelection,
  },
  {
    ...{ id: 'runpod.uptime', title: 'RunPod: uptime of a host', unit: 'ratio', ours: 'score.availability' },
    assumes: 'Minutes that are known to be down, of all its machines together.',
    note: 'How long a host is there and how sure the figure is: thirty whole days are the measure, and ten minutes are forgiven.',
    source: 'RunPod hosting documentation, “Maintenance and reliability”',
    apply: applyRunpod,
  },
  {
    ...{ id: 'akash.uptime', title: 'Akash console: uptime of 30 days', unit: 'ratio', ours: 'score.availability' },
    assumes: 'Minutes that are known to be down, in the mean of its machines.',
    note: 'How long a provider is there: divided by thirty whole days, a day-old one that was down all its life shows 96.7 %.',
    source: 'akash-network/console, apps/indexer/src/tasks/providerUptimeTracker.ts',
    apply: applyAkash,
  },
  {
    ...{ id: 'eigentrust', title: 'EigenTrust', unit: 'ratio', ours: 'score.reputation' },
    note: 'That trust has to begin with somebody: whoever is trusted beforehand decides for all others.',
    source: 'Kamvar, Schlosser & Garcia-Molina, WWW 2003',
    apply: () => ({ reason: 'It takes a set of parties that are trusted beforehand, and nobody appoints any here.' }),
  },
];

function applyIexec({ runs }: FormulaHistory): Answer {
  const failures = Math.max(0, runs.length - 1);
  const successes = runs.reduce((sum, run) => sum + run, 0);
  if (failures + successes === 0) return { reason: NO_OUTCOMES };
  const score = iexecScores(listContributions(runs)).at(-1) ?? 0n;
  return { value: String(score), verdict: `a vote of weight ${iexecWeight(score)}`, inputs: { successes, failures } };
}

/** Each run but the first begins with a failure. */
function* listContributions(runs: readonly number[]): Iterable<boolean> {
  for (const [index, successes] of runs.entries()) {
    if (index > 0) yield false;
    for (let count = 0; count < successes; count += 1) yield true;
  }
}

function applyGolemScore({ up, known, ofTenDays }: FormulaHistory): Answer {
  const uptime = known > 0 ? up / known : undefined;
  const successRate = toRate(ofTenDays);
  if (uptime === undefined && successRate === undefined) {
    return { reason: 'Neither its uptime nor a task of the last ten days is known.' };
  }
  const { score, isAccepted } = golemScore({ uptime, successRate });
  return {
    value: toSixPlaces(score),
    verdict: isAccepted ? 'accepted, from 0.8 on' : 'refused, below 0.8',
    inputs: {
      ...(uptime === undefined ? {} : { uptime }),
      ...(successRate === undefined
        ? {}
        : { 'success of ten days': successRate, 'tasks of ten days': ofTenDays.decided }),
    },
  };
}

function applyGolemBlacklist({ id, network }: FormulaHistory): Answer {
  const place = network.operators.findIndex(({ provider }) => provider === id);
  const crowd = network.operators.map(toOperator);
  const own = crowd[place];
  const found = golemBlacklist(crowd);
  if (!own || !found) return { reason: 'No task of it was decided in the last three days.' };
  const { mean, deviation, indexes } = found;
  if (!(deviation > 0))
    return { reason: 'All of the network did equally well in the last three days: there is no deviation.' };
  return {
    value: toSigned((own.successRatio - mean) / deviation),
    verdict: indexes.includes(place) ? 'blacklisted' : 'not blacklisted',
    inputs: {
      'success of three days': own.successRatio,
      'tasks of three days': own.tasks,
      mean,
      deviation,
      operators: crowd.length,
    },
  };
}

function toOperator({ successes, decided }: Decided): GolemOperator {
  return { successRatio: successes / decided, tasks: decided };
}

function applyLivepeerAi({ ofDay, secondsOfDay, network }: FormulaHistory): Answer {
  const successRate = toRate(ofDay);
  if (successRate === undefined) return { reason: 'No task of it was decided in the last day.' };
  const median = network.medianSecondsOfDay;
  const isTimed = secondsOfDay !== null && median !== null;
  const roundTripScore = isTimed ? livepeerRoundTripScore({ rtt: secondsOfDay, medianRtt: median }) : null;
  const score = livepeerAiScore({ successRate, roundTripScore });
  if (score === null) return { reason: 'How long its tasks of the last day took is not recorded.' };
  return {
    value: toSixPlaces(score),
    inputs: {
      ...{ 'success of a day': successRate, 'tasks of a day': ofDay.decided },
      ...(isTimed ? { 'seconds per task': secondsOfDay, 'median of the network': median } : {}),
    },
  };
}

function applyLivepeerSelection({ id, network: { stakes } }: FormulaHistory): Answer {
  if (stakes === null) return { reason: 'The network records no stake.' };
  const place = stakes.findIndex(({ provider }) => provider === id);
  if (place < 0) return { reason: 'It takes no work now.' };
  const amounts = stakes.map(({ stake }) => stake);
  const total = amounts.reduce((sum, stake) => sum + stake, 0);
  // The default weighs no price.
  const chances = livepeerSelection({ stakes: amounts, prices: amounts.map(() => 0), priceExpFactor: 1 });
  return {
    value: toSixPlaces(chances[place] ?? 0),
    inputs: { 'share of the stake': total > 0 ? (amounts[place] ?? 0) / total : 0, providers: stakes.length },
  };
}

function applyRunpod({ window }: FormulaHistory): Answer {
  if (window === null) return { reason: NO_BEATS };
  const minutes = MINUTES_OF_MONTH * window.nodes;
  const down = window.known - window.up;
  const uptime = runpodUptime({ totalMinutes: minutes, downMinutes: down, bufferMinutes: 10 * window.nodes });
  if (uptime === null) return { reason: NO_BEATS };
  return {
    value: toSixPlaces(uptime.uptime),
    verdict: uptime.isListed ? 'listed, from 98 % on' : 'delisted, below 98 %',
    inputs: { 'minutes down': down, machines: window.nodes },
  };
}

function applyAkash({ window }: FormulaHistory): Answer {
  if (window === null) return { reason: NO_BEATS };
  const down = window.known - window.up;
  const length = MINUTES_OF_MONTH * window.nodes;
  // As if each of them had been there for all of it.
  const { uptime } = clippedWindow({ now: 0, length, registeredAt: -length, outages: [{ from: -down, to: 0 }] });
  if (uptime === null) return { reason: NO_BEATS };
  return { value: toSixPlaces(Math.max(0, uptime)), inputs: { 'minutes down': down, machines: window.nodes } };
}

function toRate({ successes, decided }: Decided): number | undefined {
  return decided > 0 ? successes / decided : undefined;
}

function toSigned(value: number): string {
  return value < 0 ? `-${toSixPlaces(-value)}` : toSixPlaces(value);
}

function toInputs(inputs: Readonly<Record<string, number>>): OtherFormula['inputs'] {
  return Object.entries(inputs).map(([name, value]) => ({
    name,
    value: Number.isInteger(value) ? String(value) : toSixPlaces(value),
  }));
}

import { readFileSync } from 'node:fs';
import { providers } from '../../devnet/computeMarket/cast.js';
import {
  type Attack,
  type Expected,
  honestProviders,
  operators,
  plots,
  worthless,
} from '../../devnet/computeMarket/truth.js';
import { outcomeValues } from '../../schema/metrics/formulas/jobs/Outcome.js';
import { listRemovedPairs } from '../../schema/metrics/formulas/score/listRemovedPairs.js';
import type { NetworkRecord, OutcomeRecord, SlotsRecord } from '../../schema/metrics/formulas/score/NetworkRecord.js';
import { type PreparedRecord, prepareRecord } from '../../schema/metrics/formulas/score/prepareRecord.js';
import type { Score } from '../../schema/metrics/formulas/score/Score.js';
import { scoreAt } from '../../schema/metrics/formulas/score/scoreAt.js';
import { DAY } from '../../schema/metrics/formulas/score/scoreMethod.js';
import { scoreNetwork } from '../../schema/metrics/formulas/score/scoreNetwork.js';
import { compareHonest, listSwaps } from './compareHonest.js';
import { openRolledDevnet, type RolledDevnet, toAddress, toProviderId } from './openRolledDevnet.js';
import { listScores, type StoredRow, scorePlan } from './scorePlan.js';

/**
 * Ninety days of the devnet's market on a real chain, indexed and rolled, held against what `truth.ts` says must come of each plot. What each
 * gains is the table in docs/devnet.md.
 */
describe('who cheats on the devnet', () => {
  let world: RolledDevnet;
  let record: NetworkRecord;
  let prepared: PreparedRecord;
  let at: number;
  let scores: readonly Score[];
  let stored: readonly StoredRow[];

  beforeAll(async () => {
    world = await openRolledDevnet(scorePlan);
    ({ record, at } = world);
    prepared = prepareRecord(record);
    scores = scoreNetwork(record, { at });
    stored = await listScores(world.pool);
  }, 600_000);

  afterAll(async () => {
    await world?.close();
  });

  const expectedOf = <Kind extends Expected['kind']>(kind: Kind) =>
    plots.flatMap(({ expected }) =>
      expected.filter((one): one is Extract<Expected, { readonly kind: Kind }> => one.kind === kind),
    );
  const nameOf = (position: number) => providers[position]?.name ?? '';
  const scoreOf = (position: number, of: readonly Score[] = scores, kind: Score['kind'] = 'provider') => {
    const id = toProviderId(position);
    const found = of.find(({ subject, kind: its }) => subject === id && its === kind);
    if (found === undefined) throw new Error(`Expected a score of ${nameOf(position)} as ${kind}, found none.`);
    return found;
  };
  const pointsAt = (position: number, time: number, kind: Score['kind'] = 'provider') =>
    Number(scoreOf(position, scoreAt(prepared, { at: time, subjects: [toProviderId(position)] }), kind).score);
  const partOf = ({ components }: Score, name: string) => Number(components.find((one) => one.name === name)?.value);
  /** Whether a plot's buyer had it of a plot's provider. */
  const toPlotted = ({
    providers: sellers,
    buyers,
  }: {
    readonly providers: readonly number[];
    readonly buyers: readonly number[];
  }) => {
    const [ids, accounts] = [new Set(sellers.map(toProviderId)), new Set(buyers.map(toAddress))];
    return ({ provider, buyer }: { readonly provider: string; readonly buyer: string | null }) =>
      ids.has(provider) && buyer !== null && accounts.has(buyer);
  };
  const without = (isOut: (outcome: OutcomeRecord) => boolean) =>
    scoreNetwork({ ...record, outcomes: record.outcomes.filter((outcome) => !isOut(outcome)) }, { at });
  const judged = (position: number, time = at) =>
    record.outcomes.filter(
      ({ provider, kind, knownFrom, knownTo }) =>
        provider === toProviderId(position) &&
        (outcomeValues[kind] === 0 || outcomeValues[kind] === 1) &&
        knownFrom < time &&
        (knownTo === null || knownTo >= time),
    );
  /** Tasks that went well, and all that were judged: what an average is made of. */
  const countPlain = (position: number) => {
    const own = judged(position);
    return { good: own.filter(({ kind }) => outcomeValues[kind] === 1).length, all: own.length };
  };

  it('is scored in the tables as what is computed from their record', () => {
    const newest = stored.filter(({ hour }) => hour === at / 3_600);
    expect(newest).toHaveLength(scores.length);
    for (const position of providers.keys()) {
      const row = newest.find(({ id, kind }) => kind === 'provider' && id === toProviderId(position));
      expect([nameOf(position), row?.score]).toEqual([nameOf(position), scoreOf(position).score]);
    }
  });

  it.each(worthless)('has no evidence of $because', (plot) => {
    const isPlotted = toPlotted(plot);
    const own = record.outcomes.filter((outcome) => isPlotted(outcome) && outcome.knownTo === null);
    expect(own.length).toBeGreaterThanOrEqual(15);
    const less = without(isPlotted);
    for (const position of plot.providers) {
      // Neither points nor what they rest on; what was left out is shown.
      const [made, otherwise] = [scoreOf(position), scoreOf(position, less)];
      expect([made.score, made.evidenceWeight]).toEqual([otherwise.score, otherwise.evidenceWeight]);
      expect(made.components).toEqual(otherwise.components);
      const { sameCluster, circulation, noHistory, share } = made.removed;
      const removed = { sameCluster, circulation, noHistoryElsewhere: noHistory }[plot.because];
      expect(removed).toBeGreaterThanOrEqual(15);
      expect(Number(share)).toBeGreaterThan(0.35);
    }
    // Of others it moves nothing but the prior of newcomers of their class, and that by little.
    for (const position of honestProviders.filter((one) => !plot.providers.includes(one))) {
      const moved = Number(scoreOf(position).score) - Number(scoreOf(position, less).score);
      expect([nameOf(position), Math.abs(moved) < 2]).toEqual([nameOf(position), true]);
    }
  });

  it('washes alone: who has no buyer but its own has no evidence at all, and all of it is shown as left out', () => {
    const washers = plots.filter(({ attack }) => attack === 'selfDealing' || attack === 'freshBuyers');
    expect(washers).toHaveLength(2);
    for (const position of washers.flatMap((plot) => plot.providers)) {
      expect(countPlain(position).all).toBeGreaterThan(50);
      const { evidence, evidenceWeight, buyersEffective, removed } = scoreOf(position);
      expect({ evidence, evidenceWeight, buyersEffective, share: removed.share }).toEqual({
        ...{ evidence: 'none', evidenceWeight: '0.000000', buyersEffective: null, share: '1.000000' },
      });
    }
  });

  it('trades in a ring: of what it paid nearly all is left out, and of what honest ones paid nearly nothing', async () => {
    const { rows } = await world.pool.query<{ provider: string; buyer: string; paid: string; reason: string | null }>(`
      select o.provider_id as provider, o.buyer, o.paid::text, r.reason
      from task_outcome o
      left join removed_pair r on r.network_id = o.network_id and r.buyer = o.buyer and r.provider_id = o.provider_id
        and r.day = floor(extract(epoch from o.known_from) / 86400)
      where o.known_to is null and o.paid > 0`);
    const ring = expectedOf('noEvidence').find(({ because }) => because === 'circulation');
    if (ring === undefined) throw new Error('Expected a ring among the plots, found none.');
    const isRing = toPlotted(ring);
    const bad = worthless.map(toPlotted);
    const sum = (list: typeof rows) => list.reduce((total, { paid }) => total + Number(paid), 0);
    const share = (list: typeof rows, reason: string) => sum(list.filter((row) => row.reason === reason)) / sum(list);
    const [own, honest] = [rows.filter(isRing), rows.filter((row) => !bad.some((isOne) => isOne(row)))];
    expect(own.length).toBeGreaterThan(200);
    expect(honest.length).toBeGreaterThan(1_000);
    // As it was known by the end of each day: money has to come round first. Scores as of later leave out those days too.
    expect(share(own, 'circulation')).toBeGreaterThanOrEqual(0.85);
    expect(share(honest, 'circulation')).toBe(0);
    // In its first days a market's buyers have bought nowhere else yet.
    expect(share(honest, 'noHistory')).toBeLessThanOrEqual(0.05);
    const now = new Set(
      listRemovedPairs(prepared, { from: 0, at }).flatMap(({ buyer, provider, reason }) =>
        reason === 'circulation' ? [`${buyer} ${provider}`] : [],
      ),
    );
    const removedNow = (list: typeof rows) =>
      sum(list.filter(({ buyer, provider }) => now.has(`${buyer} ${provider}`)));
    expect(removedNow(own) / sum(own)).toBeGreaterThanOrEqual(0.95);
    expect(removedNow(honest) / sum(honest)).toBeLessThanOrEqual(0.01);
    const counted = ring.providers.map((position) => {
      const trades = judged(position).filter(isRing).length;
      return scoreOf(position).removed.circulation / trades;
    });
    for (const left of counted) expect(left).toBe(1);
  });

  it.each(operators.map((members) => ({ names: members.map(nameOf).join(', '), members })))(
    'splits in vain: $names are one operator, whose record is that of all their jobs',
    async ({ members }) => {
      const ids = members.map(toProviderId);
      const { rows } = await world.pool.query<{ operator_id: string; members: readonly string[] }>(
        `select operator_id, array_agg(provider_id) as members from operator_member
         where operator_id in (select operator_id from operator_member where provider_id = any ($1)) group by 1`,
        [ids],
      );
      expect(rows.map((row) => [...row.members].sort())).toEqual([[...ids].sort()]);
      const operator = scores.find(({ kind, subject }) => kind === 'operator' && ids.includes(subject));
      // One provider with all of it, instead of them.
      const [first = '', ...others] = ids;
      const whole = scoreNetwork(mergeProviders(record, first, others), { at, subjects: [first] })[0];
      expect(operator?.evidenceWeight).toBe(whole?.evidenceWeight);
      expect(operator?.score).toBe(whole?.score);
      for (const position of members)
        expect(Number(scoreOf(position).score)).toBeLessThanOrEqual(Number(operator?.score) + 0.5);
    },
  );

  it('starts anew in vain: a new name is a newcomer until it has a record, and that is soon as bad as the old one', () => {
    const [plot] = expectedOf('noFreshStart');
    if (plot === undefined) throw new Error('Expected a whitewasher among the plots, found none.');
    const { before, after } = plot;
    const bornAt = record.providers.find(({ id }) => id === toProviderId(after))?.bornAt ?? 0;
    const first = bornAt + 3_600;
    const fresh = scoreAt(prepared, { at: first, subjects: [toProviderId(after)] })[0];
    expect(fresh?.evidence).toBe('none');
    // Everybody honest who had a decent record by then is above it.
    const then = scoreAt(prepared, { at: first });
    const decent = honestProviders.filter((position) => isDecent(judged(position, first)));
    expect(decent.length).toBeGreaterThan(10);
    for (const position of decent)
      expect([nameOf(position), Number(scoreOf(position, then).score) > Number(fresh?.score)]).toEqual([
        nameOf(position),
        true,
      ]);
    // Within four days it has lost what the new name gave it, and its operator never had any of it.
    expect(pointsAt(after, bornAt + 4 * DAY)).toBeLessThan(pointsAt(before, first) + 5);
    const operator = toProviderId(before);
    const joined = stored.filter(({ kind, id, hour }) => {
      const isOurs = kind === 'operator' && id.endsWith(operator.split(':').at(-1) ?? '');
      return isOurs && hour * 3_600 > bornAt;
    });
    expect(joined.length).toBeGreaterThan(30);
    for (const { score } of joined) expect(Number(score)).toBeLessThan(pointsAt(before, first) + 5);
  });

  it('has no record: a newcomer stands below every decent record, whatever its class', () => {
    const newcomers = scores.filter(({ evidence, kind }) => evidence === 'none' && kind === 'provider');
    expect(newcomers.length).toBeGreaterThan(0);
    const best = Math.max(...newcomers.map((score) => partOf(score, 'jobSuccess')));
    for (const position of honestProviders.filter((one) => isDecent(judged(one)))) {
      expect([nameOf(position), partOf(scoreOf(position), 'jobSuccess') > best]).toEqual([nameOf(position), true]);
      if (record.incidents.some(({ provider }) => provider === toProviderId(position))) continue;
      expect(Number(scoreOf(position).score)).toBeGreaterThan(Math.max(...newcomers.map(({ score }) => Number(score))));
    }
  });

  it('slanders in vain: disputes that the disputer loses leave the score as if there had been none', () => {
    const [plot] = expectedOf('unmoved');
    if (plot === undefined) throw new Error('Expected a slanderer among the plots, found none.');
    const { provider, buyer } = plot;
    const isSlander = toPlotted({ providers: [provider], buyers: [buyer] });
    const disputed = record.outcomes.filter((one) => isSlander(one) && one.kind === 'disputeWon');
    expect(disputed.length).toBeGreaterThan(45);
    // Work that was completed stays so.
    const outcomes = record.outcomes.flatMap((one): OutcomeRecord[] => {
      if (!isSlander(one)) return [one];
      return one.kind === 'completed' ? [{ ...one, knownTo: null }] : [];
    });
    const peaceful = prepareRecord({ ...record, outcomes });
    const subjects = [toProviderId(provider)];
    const start = Math.min(...disputed.map(({ knownFrom }) => knownFrom));
    for (let time = at; time > start - DAY; time -= 5 * DAY) {
      const [is, would] = [prepared, peaceful].map((of) => scoreAt(of, { at: time, subjects })[0]);
      expect([time, is?.score, is?.components]).toEqual([time, would?.score, would?.components]);
    }
  });

  it('turns: from its good name it falls by twenty points within five failures', () => {
    const [plot] = expectedOf('falls');
    if (plot === undefined) throw new Error('Expected one that turns among the plots, found none.');
    const { provider, failures, fromScore, points } = plot;
    const bad = judged(provider)
      .filter(({ kind }) => outcomeValues[kind] === 0)
      .map(({ knownFrom }) => knownFrom);
    const [first = 0, fifth = 0] = [bad[0], bad[failures - 1]];
    const before = pointsAt(provider, first);
    expect(before).toBeGreaterThanOrEqual(fromScore);
    expect(before - pointsAt(provider, fifth + 1)).toBeGreaterThanOrEqual(points);
  });

  it('does nothing to who is honest: nine tenths of the evidence and the order stay', () => {
    const honest = compareHonest(record, at);
    expect(honest).toHaveLength(honestProviders.length);
    for (const { name, keptWeight } of honest) expect([name, keptWeight >= 0.9]).toEqual([name, true]);
    // Half a point is less than what one task more or less makes of any of them.
    expect(listSwaps(honest).filter(({ points }) => points > 0.5)).toEqual([]);
  });

  it('gains what docs/devnet.md says', () => {
    const written = readFileSync(new URL('../../docs/devnet.md', import.meta.url), 'utf8');
    const table = toTable();
    const lines = written
      .split('\n')
      .filter((line) => table.some((one) => line.startsWith(`${one.split(' | ', 2).join(' | ')} |`)));
    expect(lines).toEqual(table);
  });

  /** A line for each provider of a plot. */
  function toTable(): string[] {
    const ranked = scores
      .filter(({ kind }) => kind === 'provider')
      .sort((one, other) => Number(other.score) - Number(one.score));
    const byCount = [...providers.keys()].sort((one, other) => countPlain(other).good - countPlain(one).good);
    return plots.flatMap(({ attack, providers: sellers, buyers }) => {
      const less = without(toPlotted({ providers: sellers, buyers }));
      return sellers.map((position) => {
        const { good, all } = countPlain(position);
        const score = scoreOf(position);
        const { share } = score.removed;
        const gain = Number(score.score) - Number(scoreOf(position, less).score);
        return `| ${[
          nameOf(position),
          titles[attack],
          `${good} of ${all}: ${((100 * good) / all).toFixed(1)} %, ${toOrdinal(byCount.indexOf(position) + 1)} by count`,
          `${Number(score.score).toFixed(1)}, ${toOrdinal(ranked.indexOf(score) + 1)}`,
          score.evidence,
          `${(100 * Number(share ?? 0)).toFixed(0)} %`,
          buyers.length === 0 ? '' : gain.toFixed(3),
        ].join(' | ')} |`;
      });
    });
  }
});

const titles: Readonly<Record<Attack, string>> = {
  selfDealing: 'wash trading',
  freshBuyers: 'washing by fresh buyers',
  tradingRing: 'ring',
  sybilSplit: 'sybil',
  whitewashing: 'whitewashing',
  slander: 'slandered',
  onOff: 'on-off',
};

function toOrdinal(place: number): string {
  return `${place}${[11, 12, 13].includes(place % 100) ? 'th' : (['th', 'st', 'nd', 'rd'][place % 10] ?? 'th')}`;
}

/** Eight tasks without a failure, or twenty and nine in ten of them done, and no dispute lost. */
function isDecent(own: readonly OutcomeRecord[]): boolean {
  const good = own.filter(({ kind }) => outcomeValues[kind] === 1).length;
  const least = good === own.length ? 8 : 20;
  return own.length >= least && good >= 0.9 * own.length && own.every(({ kind }) => kind !== 'disputeLost');
}

/** As if all that the others did had been done by the first. */
function mergeProviders(record: NetworkRecord, first: string, others: readonly string[]): NetworkRecord {
  const rename = <Row extends { readonly provider: string }>(row: Row): Row =>
    others.includes(row.provider) ? { ...row, provider: first } : row;
  const members = record.providers.filter(({ id }) => id === first || others.includes(id));
  return {
    ...record,
    providers: record.providers.flatMap((provider) => {
      if (others.includes(provider.id)) return [];
      if (provider.id !== first) return [provider];
      return [{ ...provider, accounts: members.flatMap(({ accounts }) => accounts) }];
    }),
    outcomes: record.outcomes.map(rename),
    running: record.running.map(rename),
    payments: record.payments.map(rename),
    slots: addSlots(record.slots.map(rename)),
    incidents: record.incidents.map(rename),
  };
}

/** One row of each provider and day. */
function addSlots(rows: readonly SlotsRecord[]): SlotsRecord[] {
  const sums = new Map<string, SlotsRecord>();
  for (const row of rows) {
    const key = `${row.provider} ${row.day}`;
    const sum = sums.get(key);
    sums.set(
      key,
      sum === undefined
        ? row
        : {
            ...row,
            up: sum.up + row.up,
            known: sum.known + row.known,
            maintenance: sum.maintenance + row.maintenance,
            maintenanceUp: sum.maintenanceUp + row.maintenanceUp,
            failures: sum.failures + row.failures,
            repairs: sum.repairs + row.repairs,
          },
    );
  }
  return [...sums.values()];
}

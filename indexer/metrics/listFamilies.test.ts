import { readdirSync } from 'node:fs';
import { toFamily } from '../../schema/metrics/catalogue.js';
import type { MetricDefinition } from '../../schema/metrics/MetricDefinition.js';
import { createPlan } from './createPlan.js';
import type { RollFamily, RollPlan } from './roll/RollPlan.js';
import { listSummed, toFamilyMetrics } from './roll/toFamilyMetrics.js';

describe('the families of metrics', () => {
  it('give every metric of the catalogue by the hour and by the day as it says, each once', () => {
    expect(findProblems(createPlan())).toEqual([]);
  });

  it('name no metric in their statements that the catalogue does not have', () => {
    expect(listUnknown(createPlan())).toEqual([]);
  });

  it('have the statements that lie in sql/, and no others', () => {
    const names = readdirSync(new URL('.', import.meta.url), { recursive: true }).map(String);
    const files = names.flatMap((name) => /^sql\/(\w+\.sql)$/.exec(name)?.[1] ?? []);
    const { families } = createPlan();
    expect(families.map(({ id }) => `${id}.sql`).sort()).toEqual(files.sort());
  });

  it('are held against the catalogue by a check that finds what is missing, too much, or of no family', () => {
    const metric = (id: MetricDefinition['id'], rest: Partial<MetricDefinition> = {}): MetricDefinition => ({
      ...{ id, title: id, unit: 'count', subjects: ['network'], grains: ['hour', 'day'], value: 'sum', definition: id },
      ...{ formula: id, methodVersion: 1, sources: [] },
      ...rest,
    });
    const family = (id: string, grain: 'hour' | 'day', sql = ''): RollFamily => ({ id, grain, sql });
    const steps = { firstSteps: [], lastSteps: [] };
    const catalogue = [
      metric('a.summed'),
      metric('a.median', { value: 'computed' }),
      metric('b.none'),
      metric('c.window', { grains: ['window'] }),
    ];
    const plan = { ...steps, catalogue, families: [family('a', 'hour', "'a.summed' 'a.median'"), family('z', 'day')] };
    expect(findProblems(plan)).toEqual([
      'a.median is given by no family by the day',
      'b.none is given by no family by the hour',
      'b.none is given by no family by the day',
      'the family z gives nothing',
    ]);
    const wrong = {
      ...plan,
      families: [family('a', 'hour', "'a.summed' 'a.other'"), family('a_day', 'day', "'a.summed'")],
    };
    expect(listUnknown(wrong)).toEqual([
      'a: a.other',
      'a: a.median is not in it',
      'a_day: a.summed',
      'a_day: a.median is not in it',
    ]);
  });
});

function findProblems(plan: RollPlan): readonly string[] {
  const summed = new Set(listSummed(plan));
  const given = (metric: MetricDefinition, grain: 'hour' | 'day') =>
    plan.families.filter((family) => family.grain === grain && toFamilyMetrics(family, plan).includes(metric)).length;
  const ungiven = plan.catalogue.flatMap((metric) =>
    (['hour', 'day'] as const).flatMap((grain) => {
      if (metric.store || !metric.grains.includes(grain)) return [];
      const times = given(metric, grain) + (grain === 'day' && summed.has(metric) ? 1 : 0);
      if (times === 1) return [];
      return [`${metric.id} is given by ${times === 0 ? 'no family' : `${times} families`} by the ${grain}`];
    }),
  );
  const idle = plan.families.filter((family) => toFamilyMetrics(family, plan).length === 0);
  return [...ungiven, ...idle.map(({ id }) => `the family ${id} gives nothing`)];
}

/** Of families that compute the figures are named in their code; theirs are looked for when they are rolled. */
function listUnknown(plan: RollPlan): readonly string[] {
  return plan.families.flatMap((family) => {
    if (family.compute) return [];
    const ids = toFamilyMetrics(family, plan).map(({ id }) => id as string);
    const catalogued = new Set(plan.catalogue.map(({ id }) => toFamily(id)));
    const named = [...family.sql.matchAll(/'(([a-z]\w*)\.\w+)'/g)].flatMap(([, id, name]) =>
      id && name && catalogued.has(name) ? [id] : [],
    );
    const unknown = [...new Set(named)].filter((id) => !ids.includes(id)).map((id) => `${family.id}: ${id}`);
    const missing = ids.filter((id) => !named.includes(id)).map((id) => `${family.id}: ${id} is not in it`);
    return [...unknown, ...missing];
  });
}

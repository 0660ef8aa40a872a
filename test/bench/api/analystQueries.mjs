/**
 * What analysts ask, of a market that is there: lists, pages, details with relations, totals, series, the past. Each draws its variables anew,
 * and some come again within a second, as they do where many look at the same page.
 *
 * @param {{ ask: (body: string) => Promise<{ text: string }> }} asker
 * @returns {Promise<readonly { name: string, toBody: () => string }[]>} in the order in which they take turns
 */
export async function analystQueries(asker) {
  const read = async (query) => JSON.parse((await asker.ask(JSON.stringify({ query }))).text).data;
  const { networks, providers, jobs, payouts } = await read(
    `{ networks { id } providers(first: 1000) { id } jobs(first: 1000) { id createdAt buyer }
       payouts(first: 1) { at } }`,
  );
  const network = networks[0].id;
  const to = Date.parse(payouts[0].at);
  const pick = (list) => list[Math.floor(draw() * list.length)];
  /** A moment in the last two months, in whole minutes. */
  const time = () => new Date(to - Math.floor(draw() * 86_400) * 60_000).toISOString();
  const queries = {
    jobsOfProvider: [
      'query A($p: ID!) { jobs(where: { provider: $p }, first: 50) { id status createdAt endedAt buyer price { amount unit } } }',
      () => ({ p: pick(providers).id }),
    ],
    jobsBefore: [
      'query B($t: Timestamp!) { jobs(where: { createdAt_lt: $t, status: completed }, first: 50) { id buyer createdAt provider { id name } } }',
      () => ({ t: time() }),
    ],
    job: [
      `query C($id: ID!) { job(id: $id) { id status buyer provider { id jobCount } steps(first: 20) { kind at }
         tasks(first: 5) { id status attempts(first: 3) { at node } } payouts(first: 5) { amount role } } }`,
      () => ({ id: pick(jobs).id }),
    ],
    provider: [
      `query D($id: ID!) { provider(id: $id) { id active jobCount tasksCompleted tasksFailed nodes(first: 10) { id gpuModel region }
         jobs(first: 10) { id status } } }`,
      () => ({ id: pick(providers).id }),
    ],
    providers: [
      'query E($skip: Int!) { providers(orderBy: jobs, first: 50, skip: $skip) { id active jobCount tasksCompleted paid } }',
      () => ({ skip: Math.floor(draw() * Math.min(500, providers.length / 2)) }),
    ],
    payoutsPage: [
      `query F($t: Timestamp!) { payoutsConnection(where: { at_lt: $t }, orderBy: at, first: 50) {
         nodes { id amount role provider { id } } pageInfo { hasNextPage endCursor } } }`,
      () => ({ t: time() }),
    ],
    jobsCounted: [
      'query G($b: Bytes!) { jobsConnection(where: { buyer: $b }, first: 20) { totalCount nodes { id status createdAt } } }',
      () => ({ b: pick(jobs).buyer }),
    ],
    nodes: [
      'query H($g: String!, $r: String!) { nodes(where: { gpuModel: $g, region: $r, active: true }, first: 50) { id gpuCount vramMb provider { id } } }',
      () => ({ g: pick(['NVIDIA H100 80GB', 'NVIDIA L40S']), r: pick(['eu-north', 'us-east', 'us-west']) }),
    ],
    series: [
      'query I($n: ID!, $m: ID!, $l: Int!) { metricSeries(metric: $m, subject: $n, grain: day, last: $l) { points { from value samples } } }',
      () => ({ n: network, m: pick(['economy.gmv', 'jobs.success', 'jobs.opened']), l: 30 + Math.floor(draw() * 60) }),
    ],
    totals: [
      '{ networks { id jobCount tasksCompleted tasksFailed providerCount } _meta { chains { id headNumber lagBlocks } } }',
      () => ({}),
    ],
  };
  return Object.entries(queries).map(([name, [query, toVariables]]) => ({
    name,
    toBody: () => JSON.stringify({ query, variables: toVariables() }),
  }));
}

let state = 7;

/** From 0 to below 1, the same in every run (Numerical Recipes' linear congruential generator). */
function draw() {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
}

import type { AppLoadContext } from '@remix-run/node';
import { toFigures } from '../charts/toFigure.js';
import { toFiguresPath } from '../figuresFile.js';
import { readChoice, readNetwork } from '../listState.js';
import { listMetrics, type Topic } from '../topics.js';
import { ask, toSource } from './ask.js';
import { toText } from './graphql.js';
import { marketChoicesQuery, marketQuery } from './marketQueries.js';

const intervals = ['hour', 'day'] as const;

/** The figures of a topic, of the network that the address names, else of the one with the most providers. */
export async function findTopic(context: AppLoadContext, topic: Topic, search: URLSearchParams) {
  const { networks, gpuCatalogue, metrics: catalogue } = await ask(context, marketChoicesQuery, {});
  const wanted = readNetwork(search);
  const network = wanted
    ? networks.find(({ id }) => id === wanted)
    : (networks.find(({ recorded }) => !recorded) ?? networks[0]);
  if (wanted && !network) throw new Response(null, { status: 404 });
  const interval = readChoice(search, 'interval', intervals) ?? 'day';
  const models = gpuCatalogue.models;
  const hardware = topic.byHardware
    ? readChoice(
        search,
        'hardware',
        models.map(({ id }) => id),
      )
    : undefined;
  const choices = {
    networks: networks.map(({ id, title }) => ({ id, title })),
    models: topic.byHardware ? models : [],
    ...{ network: network?.id, hardware, interval },
  };
  if (!network) return { ...choices, figures: [], asOf: null, question: null, shown: null };
  const kind = hardware === undefined ? 'network' : 'hardware';
  const asked = catalogue.filter(
    ({ id, subjects, grains }) =>
      listMetrics(topic).includes(id) && subjects.includes(kind) && grains.includes(interval),
  );
  const variables = { network: network.id, hardware, interval, metrics: asked.map(({ id }) => id) };
  const { market } = await ask(context, marketQuery, variables);
  const tokens = { work: network.workToken, stake: network.stakeToken };
  const rolled = market.series.find(({ asOfTime }) => asOfTime !== null);
  return {
    ...choices,
    shown: network,
    figures: toFigures(market.series, { interval, tokens }),
    asOf: rolled ? { block: rolled.asOfBlock, time: rolled.asOfTime } : null,
    question: toSource(
      context,
      { query: toText(marketQuery), variables },
      { market: toFiguresPath({ metrics: variables.metrics, networks: [network.id], interval, hardware }) },
    ),
  };
}

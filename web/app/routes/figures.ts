import type { LoaderFunctionArgs } from '@remix-run/node';
import { ask } from '../data/ask.js';
import { figuresFileQuery } from '../data/marketQueries.js';
import { parseFiguresQuestion } from '../figuresFile.js';
import { toCsvResponse } from '../toCsvResponse.js';
import { toSeriesCsv } from '../toSeriesCsv.js';

/** The rows behind charts and tiles of markets, by the question that their page was answered by. */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const question = parseFiguresQuestion(new URL(request.url).searchParams);
  if (!question) throw new Response(null, { status: 400 });
  const { market } = await ask(context, figuresFileQuery, {
    ...{ ...question, metrics: [...question.metrics], networks: [...question.networks] },
  });
  const series = market.series.map(({ network, ...one }) => ({ ...one, notice: network.notice }));
  const [metric = '', others] = question.metrics;
  const [network = '', otherNetworks] = question.networks;
  const name = [
    others ? 'figures' : metric,
    otherNetworks ? 'networks' : network,
    question.hardware,
    question.interval,
  ];
  return toCsvResponse(name.flatMap((part) => part ?? []).join('-'), toSeriesCsv(series));
}

import type { LoaderFunctionArgs } from '@remix-run/node';
import { ask } from '../data/ask.js';
import { findFileHead } from '../data/findFileHead.js';
import { askBookQuery } from '../data/marketQueries.js';
import { parseId, readNetwork } from '../listState.js';
import { toCsv } from '../toCsv.js';
import { toCsvResponse } from '../toCsvResponse.js';

/** What is asked for a GPU-hour, as the page of prices draws it. */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const search = new URL(request.url).searchParams;
  const network = readNetwork(search);
  const hardware = parseId(search.get('hardware')) ?? null;
  if (!network) throw new Response(null, { status: 400 });
  const [{ askBook: book }, head] = await Promise.all([
    ask(context, askBookQuery, { network, hardware }),
    findFileHead(context),
  ]);
  if (!book) throw new Response(null, { status: 404 });
  const csv = toCsv([
    ['title', 'What is asked for a GPU-hour'],
    ['definition', 'GPUs of machines that are there and ask a price whose token has a worth in USD, by that price'],
    ['unit', 'USD / GPU-hour'],
    ['network', network],
    ...(hardware ? [['hardware', hardware]] : []),
    ['floor', book.floor],
    ['median', book.median],
    ['newest price', book.at],
    ...head,
    [],
    ['from', 'below', 'GPUs', 'machines'],
    ...book.buckets
      .filter(({ asks }) => asks > 0)
      .map(({ from, to, gpus, asks }) => [from, to, String(gpus), String(asks)]),
  ]);
  return toCsvResponse(['asks', network, ...(hardware ? [hardware] : [])].join('-'), csv);
}

import type { LoaderFunctionArgs } from '@remix-run/node';
import { findFileHead } from '../data/findFileHead.js';
import { findPast } from '../data/findPast.js';
import { parseId } from '../listState.js';
import { toCsv } from '../toCsv.js';
import { toCsvResponse } from '../toCsvResponse.js';

/** What a provider asked, was offered and settled by day, as its page draws it. */
export async function loader({ context, params }: LoaderFunctionArgs) {
  const id = parseId(params.id);
  if (!id) throw new Response(null, { status: 404 });
  const [{ prices }, head] = await Promise.all([findPast(context, id), findFileHead(context)]);
  if (prices.length === 0) throw new Response(null, { status: 404 });
  const csv = toCsv([
    ['title', 'Prices by day'],
    [
      'definition',
      'The middle, lowest and highest price of each day on each basis; of an even number the lower one in the middle',
    ],
    ['subject', id],
    ...head,
    [],
    ['unit', 'day', 'basis', 'median', 'lowest', 'highest', 'prices'],
    ...prices.flatMap(({ unit, days }) =>
      days.map(({ date, basis, median, low, high, count }) => [unit, date, basis, median, low, high, String(count)]),
    ),
  ]);
  return toCsvResponse(`prices-${id}`, csv);
}

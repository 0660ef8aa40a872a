/**
 * Which columns a table shows, in its address: `?columns=cost,score`, or the name repeated as a form sends it. What is no column is passed
 * over; none at all stands for all of them.
 */
export function readColumns<Id extends string>(params: URLSearchParams, ids: readonly Id[]): ReadonlySet<Id> {
  const named = new Set(params.getAll('columns').flatMap((text) => text.slice(0, 500).split(',')));
  const chosen = ids.filter((id) => named.has(id));
  return new Set(chosen.length > 0 ? chosen : ids);
}

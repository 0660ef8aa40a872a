import type { AppLoadContext } from '@remix-run/node';
import { isNow, parseMoment } from '../moment.js';
import { graphql, toText } from './graphql.js';

/** Of one job, or of all of a network, or of all: that something happened is enough, for the page then reads itself again. */
const jobUpdated = graphql(`
  subscription JobUpdated($id: ID, $network: ID) {
    jobUpdated(id: $id, network: $network) {
      id
      retracted
      block {
        number
      }
    }
  }
`);

/** Where a page listens to what happens to jobs (docs/live.md); null where the API is at another origin, and of the past. */
export function toJobStream(
  { live, search }: AppLoadContext,
  of: { readonly id?: string; readonly network?: string | undefined },
): string | null {
  const moment = parseMoment(search);
  if (!live || !moment || !isNow(moment)) return null;
  const query = toText(jobUpdated).replace(/\s+/g, ' ').trim();
  return `/graphql/stream?${new URLSearchParams({ query, variables: JSON.stringify(of) })}`;
}

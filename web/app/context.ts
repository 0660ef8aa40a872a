import type { Docs } from '../server/docs/readDocs.js';
import type { Query } from '../server/query.js';

declare module '@remix-run/node' {
  /** What the server gives to every loader; see `web/server/mountWeb.ts`. */
  interface AppLoadContext {
    readonly nonce: string;
    readonly query: Query;
    /** Of the page's address, from `?` on: the moment that is asked for stands in it. */
    readonly search: string;
    /** By which browsers reach the pages, such as `https://scan.example`; empty where nobody has said it. */
    readonly origin: string;
    /** The API's subscriptions are at the pages' own origin. */
    readonly live: boolean;
    /** The project's documents. */
    readonly docs: Docs;
    readonly report: (error: unknown) => void;
  }
}

import type { Query } from '../server/query.js';

declare module '@remix-run/node' {
  /** What the server gives to every loader; see `web/server/mountWeb.ts`. */
  interface AppLoadContext {
    readonly nonce: string;
    readonly query: Query;
    readonly report: (error: unknown) => void;
  }
}

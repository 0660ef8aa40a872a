/** What somebody sends who means no good, or does not know better. */
export interface HostileRequest {
  /** Family and what is odd about this one. */
  readonly title: string;
  readonly method?: 'GET' | 'POST';
  /** Behind the server's address. */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** 4xx where it is left out. */
  readonly status?: number;
}

export function toPost(title: string, query: string, rest: Readonly<Record<string, unknown>> = {}): HostileRequest {
  return { title, body: JSON.stringify({ query, ...rest }) };
}

export const repeat = (count: number, make: (at: number) => string, separator = ' ') =>
  Array.from({ length: count }, (_, at) => make(at)).join(separator);

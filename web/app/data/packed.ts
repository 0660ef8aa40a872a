import { useLoaderData } from '@remix-run/react';
import { useMemo } from 'react';

/** A loader's data as one text. Remix encodes data value by value, which for a list takes the server longer than to write its rows. */
export interface Packed<Data> {
  readonly json: string;
  /** Never there: the type of what is packed. */
  readonly of?: Data;
}

export function pack<Data>(data: Data): Packed<Data> {
  return { json: JSON.stringify(data) };
}

/** The data of a route whose loader packed it: `usePacked<typeof loader>()`. */
export function usePacked<Loader extends (...given: never[]) => Promise<Packed<unknown>>>(): PackedBy<Loader> {
  const { json } = useLoaderData<() => { json: string }>();
  return useMemo(() => JSON.parse(json) as PackedBy<Loader>, [json]);
}

type PackedBy<Loader> = Loader extends (...given: never[]) => Promise<Packed<infer Data>> ? Data : never;

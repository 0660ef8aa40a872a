import { createContext, useContext } from 'react';

const Now = createContext('1970-01-01T00:00:00.000Z');

/** The server's clock, carried to every age on the page: reader and server never disagree about "3 min ago". */
export const NowProvider = Now.Provider;

export function useNow(): string {
  return useContext(Now);
}

import { createContext, useContext } from 'react';
import { isNow, parseMoment } from './moment.js';

const Kept = createContext('');

/** What links and forms of the page hand on (`at=…`): who looks at the past stays in it until told otherwise. */
export const KeptProvider = Kept.Provider;

export function useKept(): string {
  return useContext(Kept);
}

export function useIsPast(): boolean {
  const moment = parseMoment(`?${useKept()}`);
  return moment === null || !isNow(moment);
}

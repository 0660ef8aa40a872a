import { createContext, useContext } from 'react';

const Kept = createContext('');

/** What links and forms of the page hand on (`at=…`): who looks at the past stays in it until told otherwise. Empty as of now. */
export const KeptProvider = Kept.Provider;

export function useKept(): string {
  return useContext(Kept);
}

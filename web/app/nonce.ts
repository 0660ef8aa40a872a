import { createContext, useContext } from 'react';

const Nonce = createContext<string | undefined>(undefined);

/** The Content-Security-Policy's nonce; present while the server renders, absent in the browser. */
export const NonceProvider = Nonce.Provider;

export function useNonce(): string | undefined {
  return useContext(Nonce);
}

import { toClean, toWebAddress } from '../format.js';

/** A URI somebody put on a chain: a link only where following it is harmless, and with no trust passed on. */
export function Uri({ uri }: { readonly uri: string }) {
  const address = toWebAddress(uri);
  const text = toClean(uri, 80);
  return address ? (
    <a href={address} rel="noopener nofollow noreferrer">
      {text}
    </a>
  ) : (
    <code className="wrap">{text}</code>
  );
}

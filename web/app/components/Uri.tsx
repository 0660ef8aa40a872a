export interface UriProps {
  readonly text: string;
  /** Where following it leads, if that is harmless. */
  readonly address: string | null;
}

/** A URI somebody put on a chain: a link only where following it is harmless, and with no trust passed on. */
export function Uri({ text, address }: UriProps) {
  return address ? (
    <a href={address} rel="noopener nofollow noreferrer">
      {text}
    </a>
  ) : (
    <code className="wrap">{text}</code>
  );
}

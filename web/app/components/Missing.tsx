export interface Capability {
  readonly name: string;
  readonly recorded: boolean;
  readonly reason: string | null;
}

export interface MissingProps {
  readonly capabilities: readonly Capability[];
  /** The capability the value would come from. */
  readonly capability: string;
}

/** No value: either the protocol does not record it, or nothing has happened yet. Never a zero. */
export function Missing({ capabilities, capability }: MissingProps) {
  const found = capabilities.find((one) => one.name === capability);
  if (found && !found.recorded) {
    return (
      <span className="missing" title={`Not recorded by this protocol${found.reason ? `: ${found.reason}` : ''}`}>
        not recorded
      </span>
    );
  }
  return <NoValue />;
}

/** A dash for the eye, words for a screen reader. */
export function NoValue({ reason = 'No evidence yet' }: { readonly reason?: string }) {
  return (
    <span className="missing" title={reason}>
      <span aria-hidden="true">—</span>
      <span className="visually-hidden">{reason}</span>
    </span>
  );
}

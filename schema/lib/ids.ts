/** Public ids, as contracts.md settles them: `<network>:<native id in lower case>`, events `<chain>-<height>-<log>`. */

export function toNounId(networkId: string, nativeId: string): string {
  return `${networkId}:${nativeId.toLowerCase()}`;
}

/** A log may yield more than one row of a table; the first keeps the event's own id. */
export function toEventId(key: {
  readonly chainId: number | string;
  readonly height: number | string;
  readonly logIndex: number | string;
  readonly part?: number;
}): string {
  const id = `${key.chainId}-${key.height}-${key.logIndex}`;
  return key.part ? `${id}-${key.part}` : id;
}

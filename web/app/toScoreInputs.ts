/** What a part of a score was made of, as it is published with it. */
export interface ScoreInput {
  readonly name: string;
  /** Its share of the score, of one. */
  readonly weight: number;
  readonly value: string;
  readonly basis: string;
  readonly inputs: readonly { readonly name: string; readonly value: string }[];
}

/** Parts of which both the value and the inputs are there; anybody may look what `detail` holds, so nothing is taken for granted. */
export function toScoreInputs(
  detail: unknown,
  parts: readonly { readonly name: string; readonly value: string | null }[],
): readonly ScoreInput[] {
  const { components } = toRecord(detail);
  if (!Array.isArray(components)) return [];
  return components.map(toRecord).flatMap(({ name, weight, basis, inputs }) => {
    const value = parts.find((part) => part.name === name)?.value;
    if (typeof name !== 'string' || typeof weight !== 'number' || !value) return [];
    return [
      {
        ...{ name, weight, value, basis: basis === 'evidence' ? 'evidence' : 'prior' },
        inputs: Object.entries(toRecord(inputs)).map(([input, of]) => ({ name: input, value: String(of ?? '—') })),
      },
    ];
  });
}

/** `100 · Π value^weight`, to six places: the score, made again from what is published. Null of no parts. */
export function toProduct(inputs: readonly Pick<ScoreInput, 'weight' | 'value'>[]): string | null {
  if (inputs.length === 0) return null;
  const logarithm = inputs.reduce((sum, { weight, value }) => sum + weight * Math.log(Number(value)), 0);
  return (100 * Math.exp(logarithm)).toFixed(6);
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

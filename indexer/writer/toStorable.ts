/** NUL and lone surrogates come from the chain and are refused by Postgres; the raw bytes stay in `event.data`. */
export function toStorable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is the character to be replaced
  return text.replace(/\u0000|\p{Surrogate}/gu, '\uFFFD');
}

/** No control characters (Postgres takes no NUL), halves of characters, or others that nobody sees. */
export function isPrintable(text: string): boolean {
  return !/[\p{C}\p{Zl}\p{Zp}]/u.test(text);
}

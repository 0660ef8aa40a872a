/**
 * The URL that a text names, if it is one. `URL.canParse` is not asked: once optimised, Node 20 takes a text of Latin-1
 * characters for UTF-8 and says no to `http://exämple.example`.
 */
export function parseUrl(text: string, base?: URL): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

export const themes = ['light', 'dark', 'system'] as const;
export type Theme = (typeof themes)[number];

const YEAR_SECONDS = 31_536_000;

export function readTheme(cookies: string | null): Theme {
  const value = /(?:^|;\s*)theme=([a-z]+)/.exec(cookies ?? '')?.[1];
  return parseTheme(value) ?? 'system';
}

export function parseTheme(value: unknown): Theme | undefined {
  return themes.find((theme) => theme === value);
}

/** "system" is the absence of a choice, hence of a cookie. */
export function toThemeCookie(theme: Theme): string {
  return `theme=${theme}; Path=/; Max-Age=${theme === 'system' ? 0 : YEAR_SECONDS}; SameSite=Lax`;
}

/** Only a path of this site, in characters a header may hold: `//host` and `/\host` would lead elsewhere. */
export function toLocalPath(value: unknown): string {
  return typeof value === 'string' && /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(value) ? value : '/';
}

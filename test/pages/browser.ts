import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { toMessage } from '../../schema/lib/errors.js';

/** Where distributions put their browser; the npm package needs nothing from them. */
const SYSTEM_BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface OpenedBrowser {
  readonly browser: Browser | undefined;
  /** Why there is none. */
  readonly reason: string;
}

/**
 * A headless browser: the system's, else the one from npm. Where none starts, the run of a continuous integration
 * fails, and any other is told the reason so that it can report its tests as skipped.
 */
export async function openBrowser(): Promise<OpenedBrowser> {
  const failures: string[] = [];
  for (const find of [findSystemBrowser, findNpmBrowser]) {
    try {
      const executablePath = await find();
      if (executablePath) {
        const browser = await chromium.launch({ executablePath, args: FLAGS, headless: true });
        return { browser, reason: '' };
      }
    } catch (thrown) {
      failures.push(toMessage(thrown));
    }
  }
  const reason = `no browser starts (${failures.join('; ') || 'none found'})`;
  if (process.env.CI === 'true') throw new Error(`Browser tests need Chromium: ${reason}.`);
  return { browser: undefined, reason };
}

/** For tools that start it themselves; undefined where there is none. */
export async function findBrowserPath(): Promise<string | undefined> {
  return (await findSystemBrowser()) ?? findNpmBrowser();
}

async function findSystemBrowser(): Promise<string | undefined> {
  return SYSTEM_BROWSERS.find((file) => existsSync(file));
}

/** It unpacks into the temporary folder under a fixed name; another user's copy there would be unreadable. */
async function findNpmBrowser(): Promise<string> {
  const before = process.env.TMPDIR;
  const folder = join(tmpdir(), `computescan-chromium-${userInfo().uid}`);
  await mkdir(folder, { recursive: true });
  process.env.TMPDIR = folder;
  try {
    const { default: npmChromium } = await import('@sparticuz/chromium');
    return await npmChromium.executablePath();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

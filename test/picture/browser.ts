import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
// @ts-expect-error: a script, without types
import { findChromium } from '../../scripts/chromium.mjs';

/** A page that was opened from disk, and whatever it asked for or complained of. */
export interface Opened {
  readonly page: Page;
  /** Console messages, errors, and requests for anything but the file itself. */
  readonly complaints: readonly string[];
}

/** Chromium without a network, for the tests of a file. */
export class Pages {
  readonly #folder = mkdtempSync(join(tmpdir(), 'dagwright-page-'));
  #browser: Promise<Browser> | undefined;

  async open(html: string, options: BrowserContextOptions = {}, hash = ''): Promise<Opened> {
    const executablePath = findChromium() as string | undefined;
    if (executablePath === undefined) throw new Error('There is no Chromium: run `node scripts/chromium.mjs`');
    // As root, and in containers, Chromium has no sandbox of its own.
    this.#browser ??= chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
    const context = await (await this.#browser).newContext({
      viewport: { width: 1280, height: 900 },
      offline: true,
      ...options,
    });
    const page = await context.newPage();
    const file = join(this.#folder, `${Math.abs(hashOf(html))}.html`);
    writeFileSync(file, html);
    const { href } = pathToFileURL(file);
    const complaints: string[] = [];
    page.on('console', (message) => void complaints.push(`console ${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => void complaints.push(`error: ${error.message}`));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(href)) complaints.push(`request: ${request.url()}`);
    });
    await page.goto(`${href}${hash}`);
    return { page, complaints };
  }

  async close(): Promise<void> {
    await (await this.#browser)?.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function hashOf(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i += 7) hash = (hash * 31 + text.charCodeAt(i)) | 0;
  return hash;
}

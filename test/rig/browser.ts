import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { repository } from './project.ts';
import { hasTool } from './tools.ts';

export const hasChromium = hasTool('chromium');

export interface OpenPage {
  readonly page: Page;
  /** What the browser complained about: of its security policy, of scripts, of what could not be loaded. */
  readonly complaints: string[];
}

/** A page of its own in a browser without a screen, until the test ends. */
export async function openBrowser(options: BrowserContextOptions = {}): Promise<OpenPage> {
  const executablePath = '/usr/bin/chromium';
  // Nothing but our own page is shown, and as root its sandbox does not start.
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  onTestFinished(() => browser.close());
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(45_000);
  const complaints: string[] = [];
  page.on('pageerror', ({ message }) => void complaints.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`);
  });
  return { page, complaints };
}

/** What keeps people from using the page: serious and critical findings of axe. */
export async function seriousFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const results = await (globalThis as unknown as { axe: typeof axe }).axe.run();
    return results.violations.map(({ id, impact, nodes }) => ({ id, impact, html: nodes.map((node) => node.html) }));
  });
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return serious.map(({ id, html }) => `${id}: ${html.slice(0, 3).join(' ')}`);
}

/** Keeps a picture of the page, to be looked at. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = join(repository, 'screenshots');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

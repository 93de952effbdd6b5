import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { hasChromium, openBrowser, picture, seriousFindings } from '../rig/browser.ts';
import { configFile, server } from '../rig/config.ts';
import { servePage } from '../rig/page-server.ts';
import { reservePort } from '../rig/ports.ts';
import { killQuietly } from '../rig/processes.ts';
import { createProject, linkVite } from '../rig/project.ts';
import { waitUntil } from '../rig/wait-until.ts';

const LINES = 30_000;
const FLOOD = `
  const lines = Array.from({ length: ${LINES} }, (_, number) => 'flood ' + number).join('\\n');
  console.log(new TypeError('it is broken').stack + '\\n' + lines + '\\n\\u001b[31m<img src=x onerror="globalThis.isHacked = true">\\u001b[0m');
  process.stdout.write('Go on? ');
  setInterval(() => 0, 60_000);
`;

/** One browser and one project for all: to begin them takes longer than to look. */
test.skipIf(!hasChromium)(
  'the page shows and does all that it should in a real browser',
  { timeout: 180_000 },
  async () => {
    const port = await reservePort();
    const project = await createProject({
      files: {
        ...configFile(
          {
            api: server('api', port),
            front: {
              command: 'npx vite --port $PORT --strictPort',
              cwd: 'front',
              port: port + 10,
              env: { API: '$API_URL' },
            },
            crash: { ...server('crash', port + 20, '--exit 3'), restart: 'never' },
            flood: { command: 'node flood.mjs' },
          },
          {},
        ),
        'flood.mjs': FLOOD,
        'front/index.html': '<h1>front</h1>',
      },
      generated: true,
    });
    linkVite(project, 'front');
    const served = await servePage(project);
    const { page, complaints } = await openBrowser({ permissions: ['clipboard-read', 'clipboard-write'] });
    await page.goto(served.entrance);
    await page.waitForURL(`http://127.0.0.1:${served.port}${served.folder}`);
    const state = (service: string) => page.getByRole('article', { name: service, exact: true }).locator('.who .state');
    const shows = (service: string, word: string) => expect.poll(() => state(service).textContent(), LONG).toBe(word);
    await shows('api', 'down');

    await page.getByRole('button', { name: 'Start all' }).click();
    for (const service of ['api', 'front', 'flood']) await shows(service, 'ready');
    await shows('crash', 'failed');
    await expect.poll(() => page.getByRole('article', { name: 'crash' }).textContent()).toContain('exit code 3');
    await picture(page, 'services');

    expect(await project.dev(['stop', 'api', '--force'])).toMatchObject({ code: 0 });
    await shows('api', 'down');
    await page.getByRole('button', { name: 'Start api', exact: true }).click();
    await shows('api', 'ready');
    const before = project.status('api').pid;
    await page.getByRole('button', { name: 'Restart api' }).click();
    await waitUntil(() => project.status('api').pid !== before && project.status('api').state === 'ready', 20_000);
    await page.getByRole('button', { name: 'Force api' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    expect(await page.getByRole('dialog').count()).toBe(0);

    await page.goto(`http://127.0.0.1:${served.port}${served.folder}#logs/%`);
    await page.getByRole('toolbar').getByRole('button', { name: 'flood' }).click();
    const lines = page.locator('.line .text');
    await expect.poll(() => lines.last().textContent(), LONG).toBe('Go on? ');
    expect(await lines.nth(-2).textContent()).toContain('<img src=x');
    await page.keyboard.press('c');
    await page.getByText('Copied 500 lines').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(/^flood 29502\n.*\nGo on\? \n$/s);
    expect(await page.locator('.line img').count(), 'what looks like HTML is text').toBe(0);
    expect(await page.evaluate('globalThis.isHacked')).toBeUndefined();
    expect(await lines.count(), 'only what is seen is drawn').toBeLessThan(100);
    await page.locator('.log').evaluate((log) => log.scrollTo(0, log.scrollHeight / 2));
    await expect.poll(() => lines.first().textContent()).toMatch(/^flood 1[45]\d\d\d$/);
    await expect.poll(() => page.getByRole('button', { name: 'Follow' }).getAttribute('aria-pressed')).toBe('false');
    await page.keyboard.press('/');
    await page.keyboard.type('FLOOD 777');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.line.found mark').textContent()).toBe('flood 777');
    await picture(page, 'logs');

    await seeAll(page);
    await page.keyboard.press('3');
    await page.getByRole('link', { name: 'in the log of flood' }).click();
    await expect.poll(() => page.locator('.line.found mark').textContent()).toBe('TypeError: it is broken');
    await page.keyboard.press('1');

    const given = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/stream'));
    await page.evaluate(`${VISIBILITY} 'hidden' })`);
    const other = await page.context().newPage();
    await other.goto(page.url());
    await given;
    await other.close();
    const taken = page.waitForRequest(/\/stream\?last=/);
    await page.evaluate(`${VISIBILITY} 'visible' }); document.dispatchEvent(new Event('visibilitychange'))`);
    await taken;

    killQuietly(project.status('api').supervisor?.pid ?? 0);
    await page.getByText('No supervisor watches the services').waitFor();
    expect(await project.dev(['start', 'api'])).toMatchObject({ code: 0 });
    await page.getByText('No supervisor watches the services').waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
    await served.end();
    await page.getByText('The server of this page').waitFor();
    await picture(page, 'server-gone');
  },
);

/** A browser without a screen shows all of its pages. */
const VISIBILITY = `Object.defineProperty(document, 'visibilityState', { configurable: true, value:`;

const LONG = { timeout: 30_000 };

const SCREENS: Readonly<Record<string, RegExp>> = {
  Services: /3 of 4 services ready/,
  Logs: /flood/,
  Errors: /error/,
  Timeline: /ready at http/,
  Metrics: /p95/,
  Worktrees: /my project/,
  Doctor: /crash/,
};

/** Each screen by its key, in both colour schemes and on a phone, and what axe says of it. */
async function seeAll(page: Page): Promise<void> {
  await page.locator('h1').click();
  for (const [index, [title, content]] of Object.entries(SCREENS).entries()) {
    await page.keyboard.press(String(index + 1));
    await page.getByRole('heading', { name: title, level: 1 }).waitFor();
    await expect.poll(() => page.locator('main').textContent(), LONG).toMatch(content);
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await seriousFindings(page), `${title}, ${colorScheme}`).toEqual([]);
    }
    await picture(page, title.toLowerCase());
    await page.setViewportSize({ width: 360, height: 740 });
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overflow, `${title} on a phone`).toBeLessThanOrEqual(0);
    await picture(page, `${title.toLowerCase()}-phone`);
    await page.setViewportSize({ width: 1280, height: 800 });
  }
  await page.setViewportSize({ width: 360, height: 740 });
  for (const [key, title] of [
    ['1', 'Services'],
    ['7', 'Doctor'],
  ] as const) {
    await page.keyboard.press(key);
    await page.getByRole('heading', { name: title, level: 1 }).waitFor();
  }
  const tab = page.getByRole('navigation').getByRole('link', { name: 'Doctor' });
  await expect.poll(async () => (await tab.boundingBox())?.x, { message: 'the tab is in sight' }).toBeLessThan(300);
  await page.setViewportSize({ width: 1280, height: 800 });
}

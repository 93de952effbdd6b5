// Makes the README's pictures of page and terminal from a real run of examples/flask-vite: `node scripts/screenshots.mjs`.
// Needs a build, Flask and Chromium.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { terminalPicture } from './screenshots/terminal-picture.mjs';

const repository = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), 'devgen-pictures-'));
const project = join(folder, 'shop');

/** Long enough for what is measured to have a course. */
const REQUESTS = 60;
const PAUSE_MS = 1000;

prepare();
const server = spawn('./dev', ['ui', '--json'], { cwd: project, stdio: ['ignore', 'pipe', 'inherit'] });
try {
  const entrance = await firstAddress();
  inProject('./dev', ['start']);
  await useIt();
  await takePictures(entrance);
} finally {
  server.kill('SIGINT');
  inProject('./dev', ['stop']);
  rmSync(folder, { recursive: true, force: true });
}

function prepare() {
  cpSync(join(repository, 'examples/flask-vite'), project, { recursive: true });
  const modules = join(project, 'frontend/node_modules');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  symlinkSync(join(repository, 'node_modules/vite'), join(modules, 'vite'));
  symlinkSync('../vite/bin/vite.js', join(modules, '.bin/vite'));
  inProject(process.execPath, [join(repository, 'dist/cli.js'), 'init', '--yes']);
}

function inProject(file, args) {
  const { status, stdout, stderr } = spawnSync(file, args, { cwd: project, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${status}\n${stdout}${stderr}`);
  return stdout.trim();
}

async function firstAddress() {
  for await (const text of server.stdout) return JSON.parse(text).url;
  throw new Error('`./dev ui` has printed nothing');
}

async function useIt() {
  const url = new URL('/api/status', inProject('./dev', ['url', 'frontend']));
  for (let request = 0; request < REQUESTS; request++) {
    await (await fetch(url)).text();
    await delay(PAUSE_MS);
  }
}

async function takePictures(entrance) {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  const page = await browser.newPage({ viewport: { width: 1260, height: 460 } });
  await page.goto(entrance);
  for (const [screen, colorScheme, seen] of [
    ['services', 'light', '.spark .line'],
    ['logs', 'dark', '.line .text'],
  ]) {
    await page.emulateMedia({ colorScheme });
    await page.goto(new URL(`#${screen}`, new URL('.', entrance)).href);
    await page.locator(seen).first().waitFor();
    await page.screenshot({ path: join(repository, `docs/page-${screen}.png`) });
  }
  const keys = [{ key: '1', shows: 'backend' }];
  const top = { cwd: project, command: ['./dev', 'top'], seen: 'all logs', keys };
  await terminalPicture(browser, top, join(repository, 'docs/terminal.png'));
  await browser.close();
}

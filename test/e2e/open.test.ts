import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configFile, server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { createProject } from '../rig/project.ts';
import { openTerminal } from '../rig/terminal.ts';

async function started() {
  const port = await reservePort();
  const project = await createProject({ files: configFile({ web: server('web', port) }), generated: true });
  project.write('bin/shows', '#!/bin/sh\necho "$1" > "$0.saw"\n', 0o755);
  project.write('bin/xdg-open', '#!/bin/sh\nexit 3\n', 0o755);
  const browser = join(project.root, 'bin/shows');
  expect(await project.dev(['start'])).toMatchObject({ code: 0 });
  return { project, browser, url: `http://localhost:${port}` };
}

test('open says that there is no browser and where to look, and what it opened only when one took it', async () => {
  const { project, browser, url } = await started();
  const path = `${join(project.root, 'bin')}:${project.environment.PATH}`;
  const hint = 'Open it where there is one; from another machine, through a forwarded port (`ssh -L`).';
  const sorry = `error: there is no browser here that could show ${url}\n  hint: ${hint}\n`;

  expect(await project.dev(['open'])).toMatchObject({ code: 1, stderr: sorry });
  // What finds no browser says so by its exit code.
  const failing = { environment: { DISPLAY: ':99', PATH: path } };
  expect(await project.dev(['open'], failing)).toMatchObject({ code: 1, stderr: sorry });
  const asked = await project.dev(['open', '--json']);
  expect(JSON.parse(asked.stdout)).toMatchObject({ error: { code: 'runtime/no-browser', hint } });

  const opened = await project.dev(['open'], { environment: { BROWSER: browser } });
  expect(opened).toMatchObject({ code: 0, stderr: `opened ${url}\n` });
  expect(project.read('bin/shows.saw')).toBe(`${url}/\n`);

  // A start opens it when asked, once it is ready, and in CI never.
  project.write('bin/shows.saw', '');
  await project.dev(['stop']);
  await project.dev(['start', '--open'], { environment: { BROWSER: browser, CI: 'true' } });
  await project.dev(['restart', '--open'], { environment: { BROWSER: browser } });
  expect(project.read('bin/shows.saw')).toBe('');
  await project.dev(['start', '--open'], { environment: { BROWSER: browser } });
  expect(project.read('bin/shows.saw')).toBe(`${url}/\n`);

  await project.dev(['config', 'set', 'services.web.docs', '/docs']);
  expect((await project.dev(['url', '--docs'])).stdout).toBe(`${url}/docs\n`);
  expect((await project.dev(['status', '--detailed'])).stdout).toContain(`${url}/docs`);
});

test('what the config says to open is shown once it is ready, where a person watches', async () => {
  const port = await reservePort();
  const web = { ...server('web', port), open: true };
  const project = await createProject({ files: configFile({ web }), generated: true });
  project.write('bin/shows', '#!/bin/sh\necho "$1" > "$0.saw"\n', 0o755);
  project.write('bin/shows.saw', '');
  const BROWSER = join(project.root, 'bin/shows');
  await project.dev(['start'], { environment: { BROWSER } });
  expect(project.read('bin/shows.saw')).toBe('');
  await project.dev(['stop']);

  const terminal = openTerminal({ ...project, environment: { ...project.environment, BROWSER } }, './dev');
  await terminal.see('o open');
  expect(project.read('bin/shows.saw')).toBe(`http://localhost:${port}/\n`);
  terminal.press('q');
  await terminal.exited;
});

test('key o says so, too', async () => {
  const { project, url } = await started();
  const terminal = openTerminal(project, './dev');
  await terminal.see('o open');

  terminal.press('o');

  await terminal.see(`there is no browser here that could show ${url}`);
  terminal.press('q');
  await terminal.exited;
});

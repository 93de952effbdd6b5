import { expect, test } from 'vitest';
import { configFile } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { createProject, linkVite } from '../rig/project.ts';
import { CTRL_C, openTerminal } from '../rig/terminal.ts';

const GOOD = "require('node:http').createServer((_, answer) => answer.end('ok')).listen(process.env.PORT);\n";
/** It looks at the file as often as the slowest of the usual reloaders do. */
const RELOADER = `
  const { spawn } = require('node:child_process');
  const { watchFile } = require('node:fs');
  let child;
  const run = () => {
    child?.kill('SIGKILL');
    child = spawn(process.execPath, ['server.cjs'], { stdio: 'inherit' });
  };
  watchFile('server.cjs', { interval: 1000 }, () => {
    console.log('reloading');
    run();
  });
  run();
`;

test('settle waits for what an edit makes the servers do, and says what has come of it', async () => {
  const [api, web] = [await reservePort(), await reservePort()];
  const project = await createProject({
    files: {
      ...configFile({
        api: { command: 'node reload.cjs', port: api, cwd: 'api', health: '/' },
        web: { command: 'vite --port $PORT --strictPort', port: web, cwd: 'web' },
      }),
      'api/server.cjs': GOOD,
      'api/reload.cjs': RELOADER,
      'web/index.html': '<!doctype html><title>t</title><script type="module" src="/src/main.js"></script>',
      'web/src/main.js': 'import { a } from "./a.js";\nconsole.log(a);\n',
      'web/src/a.js': 'export const a = 1;\n',
    },
    generated: true,
  });
  linkVite(project, 'web');
  const settle = async (...args: readonly string[]) => {
    const finished = await project.dev(['settle', '--timeout', '60s', ...args]);
    expect(Buffer.byteLength(finished.stdout)).toBeLessThanOrEqual(4096);
    return finished;
  };
  expect(await settle(), 'before a start').toMatchObject({ code: 1 });
  expect((await project.dev(['start', '--timeout', '60s'])).code).toBe(0);
  expect(await settle()).toMatchObject({ code: 0, stdout: 'well: api and web\n' });

  project.write('web/src/a.js', 'import "./nope.js";\nexport const a = 1;\n');
  expect((await fetch(`http://localhost:${web}/`)).status).toBe(200);
  const broken = await settle();
  expect(broken.code, broken.stdout).toBe(1);
  expect(broken.stdout).toMatch(/^broken: web\nweb .*Failed to resolve import "\.\/nope\.js".* {2}web\/src\/a\.js:1/);
  expect(broken.stdout).toContain(`web: its page cannot load http://localhost:${web}/src/a.js (500)\n`);
  expect(await settle('web'), 'nothing was mended').toMatchObject({ code: 1 });
  expect(await settle('api'), 'the other one is well').toMatchObject({ code: 0, stdout: 'well: api\n' });
  project.write('web/src/a.js', 'export const a = 2;\n');
  expect(await settle()).toMatchObject({ code: 0 });

  project.write('api/server.cjs', `${GOOD}const a = ;\n`);
  const refused = await settle('--json');
  expect(refused.code, refused.stdout).toBe(1);
  const { errors, cursor, ...rest } = JSON.parse(refused.stdout);
  expect(rest).toMatchObject({
    schemaVersion: 1,
    outcome: 'broken',
    services: [
      { service: 'api', state: 'unhealthy', url: expect.any(String), isWell: false },
      { service: 'web', state: 'ready', url: `http://localhost:${web}`, isWell: true },
    ],
  });
  expect(errors).toMatchObject([
    { service: 'api', kind: 'SyntaxError', place: { file: 'api/server.cjs', line: 2 }, isMended: false },
  ]);
  project.write('api/server.cjs', GOOD);
  expect(await settle('--since', cursor, '--json')).toMatchObject({ code: 0 });

  project.write('api/server.cjs', `${GOOD}console.error(new RangeError('odd'));\n`);
  expect((await settle()).stdout).toMatch(/^broken: api\n.*odd/);
  expect((await settle()).stdout, 'told before, and not mended').toMatch(/^broken: api\n.*odd/);
  project.write('api/server.cjs', GOOD);
  expect(await settle()).toMatchObject({ code: 0 });
  const whole = JSON.parse((await settle('--since', '10m', '--json')).stdout);
  expect(whole.errors.map((error: { isMended: boolean }) => error.isMended)).toEqual([true, true, true]);

  const terminal = openTerminal(project, './dev', ['settle', '--watch']);
  await terminal.see('well: api and web');
  project.write('api/server.cjs', 'null.x;\n');
  await terminal.see(/broken: api\n.*TypeError/, 30_000);
  terminal.press(CTRL_C);
  expect(await terminal.exited).toBe(0);
  expect((await project.dev(['stop'])).code).toBe(0);
}, 180_000);

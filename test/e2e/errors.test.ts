import { expect, test } from 'vitest';
import { configFile } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { createProject } from '../rig/project.ts';
import { waitUntil } from '../rig/wait-until.ts';

const GOOD = "require('node:http').createServer((_, answer) => answer.end('ok')).listen(process.env.PORT);\n";
/** Node's own watcher now and then misses a change, and hangs, where the program before it failed at once. */
const RELOADER = `
  const { spawn } = require('node:child_process');
  const { watchFile } = require('node:fs');
  let child;
  const run = () => {
    child?.kill('SIGKILL');
    child = spawn(process.execPath, ['server.cjs'], { stdio: 'inherit' });
  };
  watchFile('server.cjs', { interval: 100 }, () => {
    console.log('restarting');
    run();
  });
  run();
`;

test('an edit that breaks a server is an error with its place, and mended once the server answers again', async () => {
  const port = await reservePort();
  const health = { period: '1s' };
  const project = await createProject({
    files: {
      ...configFile({ web: { command: 'node reload.cjs', port, health, cwd: 'web' } }),
      'web/server.cjs': GOOD,
      'web/reload.cjs': RELOADER,
    },
    generated: true,
  });
  await project.dev(['start']);
  expect(await project.dev(['errors'])).toMatchObject({ code: 0, stdout: 'no errors\n' });

  project.write('web/server.cjs', `${GOOD}const a = ;\n`);
  const broken = await waitUntil(async () => {
    const errors = await project.dev(['errors']);
    return errors.code === 1 && errors;
  });
  expect(broken.stdout).toMatch(/^web {2}SyntaxError: Unexpected token ';' {2}web\/server\.cjs:2 {2}once, .* ago\n$/);

  // Only a change after the error can have mended it, and its time is known to a fraction of a second.
  const { errors } = JSON.parse((await project.dev(['errors', '--json'])).stdout);
  await waitUntil(() => Date.now() > Date.parse(errors[0].lastAt) + 200);
  project.write('web/server.cjs', GOOD);
  const mended = await waitUntil(async () => {
    const errors = await project.dev(['web-errors', '--json']);
    return errors.code === 0 && errors;
  }, 20_000);
  expect(JSON.parse(mended.stdout)).toMatchObject({
    schemaVersion: 1,
    errors: [{ service: 'web', tool: 'node', place: { file: 'web/server.cjs', line: 2 }, count: 1, isMended: true }],
  });

  project.write('web/server.cjs', `${GOOD}notDefined();\n`);
  const again = await waitUntil(async () => {
    const { errors } = JSON.parse((await project.dev(['errors', '--json'])).stdout);
    return errors.length === 2 && errors;
  });
  expect(again, 'what matters most stands first').toMatchObject([{ isMended: false }, { isMended: true }]);
  expect((await project.dev(['stop'])).code).toBe(0);
}, 60_000);

test('errors before the last start are shown only when they are asked for', async () => {
  const port = await reservePort();
  const project = await createProject({
    files: {
      ...configFile({ web: { command: 'node server.cjs', port, restart: 'never' } }),
      'server.cjs': 'null.x;\n',
    },
    generated: true,
  });
  expect((await project.dev(['start'])).code).toBe(1);
  expect((await project.dev(['errors'])).stdout).toContain('TypeError: Cannot read properties of null');
  project.write('server.cjs', GOOD);
  expect((await project.dev(['start'])).code).toBe(0);

  expect(await project.dev(['errors'])).toMatchObject({ code: 0, stdout: 'no errors\n' });
  expect((await project.dev(['errors', '--since', '10m'])).stdout).toContain('TypeError');
  expect((await project.dev(['stop'])).code).toBe(0);
});

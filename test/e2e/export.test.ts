import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EXPORT_FORMATS } from '../../src/generate/export/export-format.ts';
import { createProject } from '../rig/project.ts';

const CONFIG = `name: shop
services:
  api:
    command: node server.mjs --port $PORT
    port: 8000
    envFile: [.env.api]
`;

function project(generated: 'everything' | false = false) {
  const files = { 'devgen.config.yaml': CONFIG, '.env.api': 'TOKEN=hunter2\n' };
  return createProject({ files, programs: 'none', generated });
}

test('without a format it says which there are', async () => {
  const { devgen } = await project();
  const { code, stdout } = await devgen(['export']);
  expect(code).toBe(0);
  expect(
    stdout
      .split('\n')
      .map((line) => line.split(' ')[0])
      .slice(0, 6),
  ).toEqual(EXPORT_FORMATS);
});

test('a file goes to stdout as it is, what it does not say to stderr; nothing is written', async () => {
  const { devgen, root } = await project();
  const { code, stdout, stderr } = await devgen(['export', 'procfile']);
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: `note: api: a port that is taken makes the start fail; there is no fallback port
note: api: waiting for it needs curl
note: api: env files are read by a shell: quote values that hold blanks or shell syntax
note: api: is not restarted: the runner stops everything when one ends
`,
  });
  expect(stdout).toMatch(/^api: .*exec node server\.mjs --port \$\{PORT\}\n$/m);
  expect(existsSync(join(root, 'deploy'))).toBe(false);
});

test('an unknown format is refused with the ones there are', async () => {
  const { devgen } = await project();
  expect(await devgen(['export', 'kuberntes'])).toMatchObject({
    code: 2,
    stderr: 'error: there is no export to `kuberntes`\n  hint: Did you mean `kubernetes`?\n',
  });
});

test('what was written is written anew, and is left alone by generate', async () => {
  const { devgen, dev, read, write } = await project('everything');
  expect(await devgen(['export', 'systemd', '--write'])).toMatchObject({ code: 0 });
  expect(await devgen(['export', 'procfile', '--write'])).toMatchObject({ code: 0 });
  expect(read('deploy/systemd/user/shop-api.service')).toContain('Environment="PORT=8000"');
  write('devgen.config.yaml', CONFIG.replace('8000', '9000').replaceAll('api:', 'web:'));
  expect(await devgen(['generate'])).toMatchObject({ code: 0 });
  expect(await dev(['check'])).toMatchObject({ code: 0 });
  expect(read('deploy/systemd/user/shop-api.service')).toContain('Environment="PORT=8000"');
  const { code, stdout } = await devgen(['export', 'systemd', '--write']);
  expect({ code, stdout: stdout.replace(/ +/g, ' ') }).toEqual({
    code: 0,
    stdout: ` removed deploy/systemd/system/shop-api@.service
 created deploy/systemd/system/shop-web@.service
 updated deploy/systemd/system/shop@.target
 removed deploy/systemd/user/shop-api.service
 created deploy/systemd/user/shop-web.service
 updated deploy/systemd/user/shop.target
 updated .devgen/manifest.json
`,
  });
  expect(read('deploy/Procfile')).toContain('export PORT=8000');
  expect(await devgen(['uninstall', '--yes'])).toMatchObject({ code: 0 });
  expect(() => read('deploy/Procfile')).toThrow('ENOENT');
});

test("a file of the user's is not overwritten, with --force only after a copy", async () => {
  const { devgen, read, write } = await project();
  write('deploy/Procfile', 'mine: echo mine\n');
  const refused = await devgen(['export', 'procfile', '--write']);
  expect(refused).toMatchObject({ code: 1, stdout: 'nothing was written\n' });
  expect(refused.stderr).toContain('error: `deploy/Procfile` was there before devgen, with other content\n');
  expect(refused.stderr).toContain('  -mine: echo mine\n');
  expect(read('deploy/Procfile')).toBe('mine: echo mine\n');
  const { code, stdout } = await devgen(['export', 'procfile', '--write', '--force']);
  expect(code).toBe(0);
  const [, backup] = /copies of what was yours: (.*)\n/.exec(stdout) ?? [];
  expect(read(`${backup}/deploy/Procfile`)).toBe('mine: echo mine\n');
});

test('--json gives files and notes, and no secret', async () => {
  const { devgen } = await project();
  const { stdout, stderr } = await devgen(['export', 'compose', '--json']);
  expect(stderr).not.toContain('hunter2');
  expect(stdout).not.toContain('hunter2');
  expect(JSON.parse(stdout)).toMatchObject({
    schemaVersion: 1,
    format: 'compose',
    files: [{ path: 'deploy/compose/compose.yaml' }],
    notes: expect.arrayContaining([expect.objectContaining({ topic: 'image', services: ['api'] })]),
  });
});

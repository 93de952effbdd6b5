import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { reservePort } from '../rig/ports.ts';
import { createProject, type Project } from '../rig/project.ts';

test('config shows each setting with its value and where it comes from', async () => {
  const { project, port } = await create();

  const { code, stdout } = await project.dev(['config'], { environment: { FRONTEND_PORT: '20001' } });

  expect(code).toBe(0);
  const lines = stdout.replaceAll(/ {2,}/g, '  ').split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'name  shop  devgen.config.yaml:2',
      `services.backend.port  ${port}  devgen.config.yaml:6`,
      'services.backend.port.fallback  10  default',
      'services.backend.health.http  /api  devgen.config.yaml:7',
      'services.backend.stop.grace  10s  default',
      'services.backend.env.MODE  dev  devgen.config.yaml:8',
      'services.frontend.port  20001  FRONTEND_PORT of the environment',
      'services.frontend.dependsOn  [backend]  devgen.config.yaml:12',
      'logs.maxSize  20MB  default',
    ]),
  );
});

test('config get reads one value, a list line by line, or a group; config --json tells all', async () => {
  const { project, port } = await create();
  const get = async (...args: string[]) => (await project.dev(['config', 'get', ...args])).stdout;

  expect(await get('services.backend.port')).toBe(`${port}\n`);
  expect(await get('services.frontend.dependsOn')).toBe('backend\n');
  expect(await get('services.backend.stop')).toBe(
    'services.backend.stop.signal  SIGTERM  default\nservices.backend.stop.grace   10s      default\n',
  );
  expect(JSON.parse(await get('services.backend.port', '--json'))).toEqual({
    schemaVersion: 1,
    key: 'services.backend.port',
    value: port,
    source: { kind: 'config', file: 'devgen.config.yaml', line: 6 },
  });
  expect(await project.dev(['config', 'get', 'services.backend.before'])).toMatchObject({
    code: 1,
    stdout: '',
    stderr: '`services.backend.before` is not set, and has no default\n',
  });
  expect(await project.dev(['config', 'get', 'services.backend.prot'])).toMatchObject({
    code: 2,
    stderr: 'error: there is no setting `services.backend.prot`\n  hint: Did you mean `services.backend.port`?\n',
  });
  const { settings } = JSON.parse((await project.dev(['config', '--json'])).stdout);
  expect(settings[0]).toEqual({
    key: 'name',
    value: 'shop',
    source: { kind: 'config', file: 'devgen.config.yaml', line: 2 },
  });
});

test('config set changes one value in place, and the next start heeds it', async () => {
  const { project, port } = await create();
  const before = project.read('devgen.config.yaml');
  const other = await reservePort();

  expect(await project.dev(['config', 'set', 'services.backend.port', String(other)])).toMatchObject({
    code: 0,
    stdout: `\`services.backend.port\` is ${other} in devgen.config.yaml now; what runs gets it when it is started again\n`,
  });
  expect(project.read('devgen.config.yaml')).toBe(before.replace(`${port}   # the API`, `${other}   # the API`));
  const [copy = ''] = readdirSync(join(project.root, '.devgen/backups')).filter((name) =>
    /^\d{4}-[\d-]+T[\d-]+$/.test(name),
  );
  expect(project.read(`.devgen/backups/${copy}/devgen.config.yaml`)).toBe(before);
  expect((await project.dev(['config', 'set', 'services.backend.port', String(port)])).stderr).toBe(
    'note: the comment behind it stays, true or not: # the API\n',
  );
  await project.dev(['config', 'set', 'services.backend.port', String(other)]);
  await project.dev(['start', 'backend']);
  expect(project.status('backend').port).toBe(other);
  expect((await project.dev(['config', 'set', 'services.backend.port', String(other)])).stdout).toBe(
    `\`services.backend.port\` is ${other} in devgen.config.yaml already\n`,
  );
});

test('config set takes a text for what looks like a number where a text is meant', async () => {
  const { project } = await create();

  expect(await project.dev(['config', 'set', 'name', '007'])).toMatchObject({ code: 0 });
  expect(project.read('devgen.config.yaml')).toContain('name: "007"\n');
});

test('config set writes nothing that would not work', async () => {
  const { project } = await create();
  const before = project.read('devgen.config.yaml');

  expect(await project.dev(['config', 'set', 'services.backend.port', '80000'])).toMatchObject({
    code: 2,
    stderr:
      'error: `services.backend.port` must be a port from 1 to 65535, `auto`, or a text with a variable such as `\u0024{API_PORT:-8000}`, not `80000`\n' +
      '  at devgen.config.yaml:6:11\n  6 |     port: 80000   # the API\n    |           ~~~~~\n',
  });
  expect(await project.dev(['config', 'set', 'backend.command', 'x'])).toMatchObject({
    code: 2,
    stderr: 'error: there is no setting `backend.command`\n  hint: Did you mean `services.backend.command`?\n',
  });
  const unknown = await project.dev(['config', 'set', 'services.frontend.dependsOn', '[databse]']);
  expect(unknown.stderr).toContain('error: there is no service `databse`');
  expect(await project.dev(['config', 'set', 'services.backend.command.x', '1'])).toMatchObject({
    code: 2,
    stderr:
      'error: `services.backend.command` in devgen.config.yaml holds no keys that `services.backend.command.x` could be one of\n' +
      '  hint: Change it in devgen.config.yaml by hand, or set it as a whole: `{ key: value }`.\n',
  });
  expect(project.read('devgen.config.yaml')).toBe(before);
});

test('a config that is a program is left to its author', async () => {
  const project = await createProject({
    files: { 'devgen.config.mjs': 'export default { services: { a: { command: "x" } } };\n' },
    generated: true,
  });

  expect(await project.dev(['config', 'set', 'services.a.cwd', 'b'])).toMatchObject({
    code: 1,
    stderr:
      'error: `devgen.config.mjs` is a program: it cannot be changed from here\n  hint: Set `services.a.cwd` to `b` there by hand.\n',
  });
});

test('completion prints the script of the shell', async () => {
  const { project } = await create();
  await project.devgen(['generate']);

  for (const shell of ['bash', 'zsh', 'fish']) {
    const printed = await project.dev(['completion', shell]);
    expect(printed).toMatchObject({ code: 0, stdout: project.read(`.devgen/completion/dev.${shell}`) });
  }
  expect(project.read('.devgen/completion/words')).toMatch(/^run --force /m);
});

test('without completion it says how to get it', async () => {
  const port = await reservePort();
  const project = await createProject({
    files: { 'devgen.config.yaml': `services: { a: { command: x, port: ${port} } }\nemit: { completion: false }\n` },
    generated: true,
  });

  expect(await project.dev(['completion', 'zsh'])).toMatchObject({
    code: 1,
    stderr:
      'error: there is no `.devgen/completion/dev.zsh` in this project\n' +
      '  hint: `npx devgen generate` writes it, unless `emit.completion` is `false`.\n',
  });
});

async function create(): Promise<{ project: Project; port: number }> {
  const [port, pagePort] = [await reservePort(), await reservePort()];
  const config = `# The shop.
name: shop
services:
  backend:
    command: node programs/server.mjs --name backend
    port: ${port}   # the API
    health: /api
    env: { MODE: dev }
  frontend:
    command: node programs/server.mjs --name frontend
    port: ${pagePort}
    dependsOn: [backend]
`;
  return { project: await createProject({ files: { 'devgen.config.yaml': config }, generated: true }), port };
}

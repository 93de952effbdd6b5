import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configFile, type Services, server } from '../rig/config.ts';
import { normalise } from '../rig/normalise.ts';
import { reservePort } from '../rig/ports.ts';
import { createProject, type Project } from '../rig/project.ts';

test('a config with several mistakes: all are shown at once, each with its place and a suggestion', async () => {
  const project = await projectWith({ backend: server('backend', 8000) });
  project.write(
    'devgen.config.yaml',
    [
      'name: test',
      'services:',
      '  backend:',
      '    comand: node server.mjs',
      '    port: 70000',
      '  frontend:',
      '    command: npm run dev',
      '    port: 5173',
      '    dependsOn: [backnd]',
      '',
    ].join('\n'),
  );

  const started = await project.dev(['start', 'backend']);

  expect(started.code).toBe(2);
  expect(normalise(started.stderr, project)).toMatchInlineSnapshot(`
    "error: unknown key \`comand\` in \`services.backend\`
      at devgen.config.yaml:4:5
      4 |     comand: node server.mjs
        |     ~~~~~~
      hint: Did you mean \`command\`?

    error: \`services.backend.port\` must be a port from 1 to 65535, \`auto\`, or a text with a variable such as \`\${API_PORT:-8000}\`, not \`70000\`
      at devgen.config.yaml:5:11
      5 |     port: 70000
        |           ~~~~~

    error: there is no service \`backnd\`
      at devgen.config.yaml:9:17
      9 |     dependsOn: [backnd]
        |                 ~~~~~~
      hint: Did you mean \`backend\`?

    3 errors
    "
  `);
});

test('a config that is not YAML', async () => {
  const project = await projectWith({ backend: server('backend', 8000) });
  project.write('devgen.config.yaml', 'services:\n  backend: {command: x\n');

  const started = await project.dev(['up']);

  expect(started.code).toBe(2);
  expect(normalise(started.stderr, project)).toMatchInlineSnapshot(`
    "error: this is not YAML: flow map in block collection must be sufficiently indented and end with a }
      at devgen.config.yaml:3:1
      3 | 
        | ~
    "
  `);
});

test('no config', async () => {
  const project = await projectWith({ backend: server('backend', 8000) });
  rmSync(join(project.root, 'devgen.config.yaml'));

  const started = await project.dev(['up']);

  expect(started.code).toBe(2);
  expect(normalise(started.stderr, project)).toMatchInlineSnapshot(`
    "error: no devgen config in \`ROOT\` or above it
      hint: Run \`npx devgen init\` to write \`devgen.config.yaml\`.
    "
  `);
});

test('a cycle of dependencies', async () => {
  const project = await projectWith({ backend: server('backend', 8000) });
  const services = {
    backend: { ...server('backend', 8000), dependsOn: ['frontend'] },
    frontend: { ...server('frontend', 8001), dependsOn: ['backend'] },
  };
  project.write('devgen.config.yaml', configFile(services)['devgen.config.yaml'] ?? '');

  const started = await project.dev(['up']);

  expect(started.code).toBe(2);
  expect(normalise(started.stderr, project)).toMatchInlineSnapshot(`
    "error: \`dependsOn\` goes in a circle: \`backend → frontend → backend\`
      at devgen.config.yaml:15:9
      15 |         "backend"
         |         ~~~~~~~~~
      hint: Take one of these dependencies out.
    "
  `);
});

test('an unknown service', async () => {
  const project = await projectWith({ backend: server('backend', 8000) });

  const started = await project.dev(['start', 'backnd']);

  expect(started.code).toBe(2);
  expect(normalise(started.stderr, project)).toMatchInlineSnapshot(`
    "error: there is no service \`backnd\`
      hint: Did you mean \`backend\`?
    "
  `);
});

test('an unknown command', async () => {
  const project = await projectWith({ backend: server('backend', 8000) });

  const started = await project.dev(['statsu']);

  expect(started.code).toBe(2);
  expect(normalise(started.stderr, project)).toMatchInlineSnapshot(`
    "error: there is no command or service \`statsu\`
      hint: Did you mean \`./dev status\`?
    "
  `);
});

test('an unknown option', async () => {
  const project = await projectWith({ backend: server('backend', 8000) });

  const started = await project.dev(['start', 'backend', '--forse']);

  expect(started.code).toBe(2);
  expect(normalise(started.stderr, project)).toMatchInlineSnapshot(`
    "error: \`start\` has no option \`--forse\`
      hint: Did you mean \`--force\`?
    "
  `);
});

test('a port out of range on the command line', async () => {
  const project = await projectWith({ backend: server('backend', 8000) });

  const started = await project.dev(['start', 'backend', '--port', '70000']);

  expect(started.code).toBe(2);
  expect(normalise(started.stderr, project)).toMatchInlineSnapshot(`
    "error: \`70000\` is not a port
      hint: A port is a number from 1 to 65535.
    "
  `);
});

test('a port out of range in the environment', async () => {
  const project = await projectWith({ backend: server('backend', await reservePort()) });

  const started = await project.dev(['start', 'backend'], { environment: { BACKEND_PORT: '99999' } });

  expect(started.code).toBe(2);
  expect(normalise(started.stderr, project)).toMatchInlineSnapshot(`
    "backend: its port \`$BACKEND_PORT\`, which makes \`99999\`, is not a port (from BACKEND_PORT of the environment)
      hint: A port is a number from 1 to 65535.
    "
  `);
});

test('a command that does not exist', async () => {
  const project = await projectWith({ backend: { command: 'uvicron app:app', port: await reservePort() } });

  const started = await project.dev(['start', 'backend']);

  expect(started.code).toBe(1);
  expect(normalise(started.stderr, project)).toMatchInlineSnapshot(`
    "backend: cannot start: there is no command \`uvicron\` in PATH
      hint: Install it, or correct \`command\` of \`backend\` in the config (\`.venv/bin/NAME\`, \`npx NAME\`).
    "
  `);
});

test('a folder that does not exist', async () => {
  const project = await projectWith({ backend: { ...server('backend', await reservePort()), cwd: 'bakend' } });

  const started = await project.dev(['start', 'backend']);

  expect(started.code).toBe(1);
  expect(normalise(started.stderr, project)).toMatchInlineSnapshot(`
    "backend: cannot start: its folder \`ROOT/bakend\` does not exist
      hint: Correct \`cwd\` of \`backend\` in the config.
    "
  `);
});

test('a server that ends at once', async () => {
  const port = await reservePort();
  const project = await projectWith({ backend: { ...server('backend', port, '--exit 7'), restart: 'never' } });

  const started = await project.dev(['start', 'backend']);

  expect(started.code).toBe(1);
  expect(normalise(started.stderr, project, { PORT: port })).toMatchInlineSnapshot(`
    "backend: starting \`node programs/server.mjs --name backend --exit 7\` (pid N, http://localhost:PORT, log logs/backend.log)
    backend: ended with exit code 7 after T, before it was ready
      | backend: cannot go on
      log: logs/backend.log
      hint: Mend that, or correct \`command\` of \`backend\` in the config; \`./dev start backend\` begins anew.
    "
  `);
});

test('a `before` that fails', async () => {
  const port = await reservePort();
  const project = await projectWith({
    backend: { ...server('backend', port), before: 'echo no database >&2; exit 4' },
  });

  const started = await project.dev(['start', 'backend']);

  expect(started.code).toBe(1);
  expect(normalise(started.stderr, project, { PORT: port })).toMatchInlineSnapshot(`
    "backend: running \`echo no database >&2; exit 4\` first
    backend: not started: \`echo no database >&2; exit 4\` ended with exit code 4
      | no database
      log: logs/backend.log
      hint: Mend that, or correct \`before\` of \`backend\` in the config; \`./dev start backend\` runs it again.
    "
  `);
});

test('something to wait for that never comes', async () => {
  const [port, unused] = [await reservePort(), await reservePort()];
  const project = await projectWith({
    backend: { ...server('backend', port), waitFor: [`tcp:127.0.0.1:${unused}`], health: { startTimeout: '1s' } },
  });

  const started = await project.dev(['start', 'backend']);

  expect(started.code).toBe(1);
  expect(normalise(started.stderr, project, { PORT: port, UNUSED: unused })).toMatchInlineSnapshot(`
    "backend: waiting for tcp:127.0.0.1:UNUSED
    backend: not started: \`tcp:127.0.0.1:UNUSED\` was not there after T
      hint: Start what listens there, or correct \`waitFor\` of \`backend\` in the config; \`./dev start backend\` begins anew.
    "
  `);
});

test('a place for logs that cannot be written', async () => {
  const project = await projectWith({ backend: server('backend', await reservePort()) });
  rmSync(join(project.root, 'logs'), { recursive: true, force: true });
  // A file in the way stops root as well, whom permissions do not.
  writeFileSync(join(project.root, 'logs'), '');

  const started = await project.dev(['start', 'backend']);

  expect(started.code).toBe(1);
  expect(normalise(started.stderr, project)).toMatchInlineSnapshot(`
    "error: cannot write \`ROOT/logs/.devgen/runs\` (ENOTDIR)
      hint: It must belong to you and be writable.
    "
  `);
});

test('no Node at all', async () => {
  const project = await projectWith({ backend: server('backend', 8000) });
  const tools = toolsWithoutNode(project);

  const started = await project.dev(['status'], { environment: { PATH: tools } });

  expect(started.code).toBe(1);
  expect(started.stdout).toBe('');
  expect(normalise(started.stderr, project)).toMatchInlineSnapshot(`
    "dev: this project needs Node.js 20.19 or newer; found none.
    Install it from https://nodejs.org, or with 'nvm install 22' or 'brew install node'; then try again.
    "
  `);
});

test('a Node that is too old', async () => {
  const project = await projectWith({ backend: server('backend', 8000) });
  const tools = toolsWithoutNode(project);
  // Says of itself that it is version 18, and is today's Node in all else.
  const preload = join(project.root, 'old-node.cjs');
  writeFileSync(
    preload,
    "Object.defineProperty(process.versions, 'node', { value: '18.20.4' });Object.defineProperty(process, 'version', { value: 'v18.20.4' });",
  );
  writeFileSync(join(tools, 'node'), `#!/bin/sh\nexec "${process.execPath}" --require "${preload}" "$@"\n`);
  chmodSync(join(tools, 'node'), 0o755);

  const started = await project.dev(['status'], { environment: { PATH: tools } });

  expect(started.code).toBe(1);
  expect(started.stdout).toBe('');
  expect(normalise(started.stderr, project).replaceAll(process.execPath, 'NODE')).toMatchInlineSnapshot(`
    "dev: this project needs Node.js 20.19 or newer; found v18.20.4 (NODE).
    Install it from https://nodejs.org, or with 'nvm install 22' or 'brew install node'; then try again.
    "
  `);
});

async function projectWith(services: Services): Promise<Project> {
  return createProject({ files: configFile(services), generated: true });
}

/** A PATH with what a shell script may need, and without node, which the launcher cannot find elsewhere either. */
function toolsWithoutNode(project: Project): string {
  // These are looked at by absolute path: one of them may be the Node of the machine that runs this test.
  project.write('dev', project.read('dev').replaceAll(/(?<=\s)\/[\w/.-]+\/bin\/node\b/g, '/nowhere/node'), 0o755);
  const tools = join(project.root, 'tools');
  mkdirSync(tools);
  for (const name of ['sh', 'readlink', 'dirname', 'uname']) symlinkSync(`/usr/bin/${name}`, join(tools, name));
  return tools;
}

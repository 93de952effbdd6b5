import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configFile, type Services } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { createProject, type Project } from '../rig/project.ts';
import { run } from '../rig/run.ts';
import { hasTool } from '../rig/tools.ts';

const SERVER =
  '#!/usr/bin/env node\nrequire("node:http").createServer((_, answer) => answer.end()).listen(process.env.PORT);\n';

test('a package is missed though a folder above has a node_modules, and what is advised brings it', {
  timeout: 60_000,
}, async () => {
  const services = {
    web: { command: 'npm run dev', cwd: 'web', port: await reservePort() },
    bare: { command: 'greet', cwd: 'web', port: await reservePort() },
  };
  const project = await create(services, {
    'node_modules/devgen/package.json': '{}',
    'web/package.json': JSON.stringify({ scripts: { dev: 'greet' }, devDependencies: { greeter: 'file:../greeter' } }),
    'greeter/package.json': JSON.stringify({ name: 'greeter', version: '1.0.0', bin: { greet: 'greet.js' } }),
    'greeter/greet.js': SERVER,
  });

  const before = await commandFindings(project);
  const started = await project.dev(['start']);

  expect(before).toMatchObject([
    { code: 'packages-missing', what: '`greeter` is not installed, which `web` needs', where: { service: 'web' } },
    { code: 'packages-missing', where: { service: 'bare' } },
  ]);
  expect(started.stderr.match(/hint: `greet` is not installed: `npm install` in web[.;]/g)).toHaveLength(2);
  await carryOut(before[0]?.remedy, project);
  expect(await commandFindings(project)).toEqual([]);
  expect(await project.dev(['start'])).toMatchObject({ code: 0 });
});

test.skipIf(!hasTool('python3'))(
  'a module of Python is missed, and what is advised brings it (needs python3)',
  {
    timeout: 60_000,
  },
  async () => {
    const command = 'python3 -m greeter';
    const project = await create(
      { api: { command, cwd: 'api', port: await reservePort() } },
      { 'api/requirements.txt': '--no-index\n--find-links wheels\ngreeter\n', 'wheel.py': WHEEL },
    );
    await run('python3', [join(project.root, 'wheel.py')], { cwd: project.root, environment: project.environment });

    const before = await commandFindings(project);
    const started = await project.dev(['start']);

    const install = 'python3 -m venv .venv && .venv/bin/pip install -r requirements.txt';
    expect(before).toMatchObject([
      {
        code: 'modules-missing',
        what: '`greeter` is not installed, which `api` needs',
        remedy: `\`(cd api && ${install})\``,
      },
    ]);
    expect(started.stderr).toContain(`hint: \`greeter\` is not installed: \`${install}\` in api;`);
    await carryOut(before[0]?.remedy, project);
    expect(await commandFindings(project)).toEqual([]);
    expect(await project.dev(['start'])).toMatchObject({ code: 0 });
  },
);

/** A distribution whose module is a server. */
const WHEEL = `import os, zipfile
os.makedirs("api/wheels")
info = "greeter-1.0.dist-info/"
with zipfile.ZipFile("api/wheels/greeter-1.0-py3-none-any.whl", "w") as wheel:
    wheel.writestr("greeter.py", """import http.server, os
http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), http.server.SimpleHTTPRequestHandler).serve_forever()
""")
    wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: greeter\\nVersion: 1.0\\n")
    wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    wheel.writestr(info + "RECORD", "")
`;

function create(services: Services, files: Readonly<Record<string, string>>): Promise<Project> {
  return createProject({ files: { ...configFile(services), ...files }, generated: true });
}

interface Found {
  readonly group: string;
  readonly code: string;
  readonly what: string;
  readonly remedy: string;
}

async function commandFindings(project: Project): Promise<readonly Found[]> {
  const { findings }: { findings: readonly Found[] } = JSON.parse((await project.dev(['doctor', '--json'])).stdout);
  return findings.filter(({ group }) => group === 'commands');
}

/** What stands between backticks, without network. */
async function carryOut(remedy: string | undefined, project: Project): Promise<void> {
  const command = /^`(.*)`$/.exec(remedy ?? '')?.[1] ?? 'false';
  const offline = { npm_config_offline: 'true', npm_config_audit: 'false', npm_config_fund: 'false' };
  const done = await run('sh', ['-c', command], {
    cwd: project.root,
    environment: { ...project.environment, ...offline, PIP_DISABLE_PIP_VERSION_CHECK: '1' },
  });
  expect(done, done.stderr).toMatchObject({ code: 0 });
}

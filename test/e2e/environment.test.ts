import { expect, test } from 'vitest';
import { askText } from '../rig/ask.ts';
import { configFile, server } from '../rig/config.ts';
import { hasNext, installNext } from '../rig/next.ts';
import { reservePort } from '../rig/ports.ts';
import { createProject, linkVite } from '../rig/project.ts';
import { waitUntil } from '../rig/wait-until.ts';

/** Says what it is given under each of these names. */
const REPORTER = `
const names = process.argv.slice(2);
const { createServer } = require('node:http');
createServer((request, response) => {
  response.end(JSON.stringify(Object.fromEntries(names.map((name) => [name, process.env[name] ?? null]))));
}).listen(Number(process.env.PORT));
`;

test('Vite takes .env for its weakest file, as it does without devgen, and sees an edit of it', async () => {
  const port = await reservePort();
  const project = await createProject({
    generated: true,
    programs: 'none',
    files: {
      ...configFile({ web: { command: 'node_modules/.bin/vite --port $PORT --strictPort', port } }),
      'index.html': '<script type="module" src="/main.js"></script>',
      'main.js': 'console.log(import.meta.env);',
      '.env': 'VITE_DATABASE=production\nVITE_OTHER=one\n',
      '.env.development': 'VITE_DATABASE=local\n',
    },
  });
  linkVite(project, '.');
  expect(await project.dev(['start'])).toMatchObject({ code: 0 });
  const environment = async () =>
    /import\.meta\.env = (\{.*?\});/.exec(await askText(`http://localhost:${port}/main.js`))?.[1];

  expect(JSON.parse((await environment()) ?? '')).toMatchObject({ VITE_DATABASE: 'local', VITE_OTHER: 'one' });
  project.write('.env', 'VITE_DATABASE=production\nVITE_OTHER=two\n');
  await waitUntil(async () => (await environment().catch(() => undefined))?.includes('"VITE_OTHER": "two"') === true);
});

test.skipIf(!hasNext)('Next.js takes .env for its weakest file, as it does without devgen', async () => {
  const port = await reservePort();
  const project = await createProject({
    generated: true,
    programs: 'none',
    files: {
      ...configFile({
        web: { command: 'node_modules/.bin/next dev --port $PORT', port, env: { NEXT_TELEMETRY_DISABLED: '1' } },
      }),
      'package.json': '{ "private": true }',
      'pages/api/environment.js':
        'module.exports = ({}, response) => response.json([process.env.DATABASE, process.env.OTHER]);',
      '.env': 'DATABASE=production\nOTHER=one\n',
      '.env.development': 'DATABASE=local\n',
    },
  });
  installNext(project);
  const started = await project.dev(['start']);
  expect(started, started.stderr).toMatchObject({ code: 0 });
  expect(JSON.parse(await askText(`http://localhost:${port}/api/environment`))).toEqual(['local', 'one']);
});

test('env files: what is exported, what the config names, and what a dollar sign is', async () => {
  const [port, other] = [await reservePort(), await reservePort()];
  const names = 'ROOT ROOT_COPY OWN PASSWORD HASH HOST URL DATABASE_URL DATABASE_HOST DATABASE_PORT';
  const project = await createProject({
    generated: true,
    files: {
      ...configFile({
        database: server('database', other),
        api: {
          command: `node report.cjs ${names} && echo $ROOT`,
          cwd: 'api',
          port,
          envFile: ['.env'],
          env: { ROOT_COPY: '$ROOT', HOST: '$HOST' },
        },
      }),
      'api/report.cjs': REPORTER,
      'api/.env':
        'OWN=1\nPASSWORD=pa$w0rd\nHASH=$2b$10$N9qo8uLOickgx2\nURL=https://shop.example\nDATABASE_URL=pg://db\n',
      '.env': 'ROOT=r\nDATABASE_HOST=db.internal\n',
    },
  });
  const started = await project.dev(['start'], { environment: { HOST: 'x86_64-conda-linux-gnu' } });
  expect(started, started.stderr).toMatchObject({ code: 0 });
  expect(started.stderr).toContain(`
warning: \`DATABASE_URL\` would tell where the service \`database\` (devgen.config.yaml:4) is; the value here is used instead
  at api/.env:5:1
`);
  expect(JSON.parse(await askText(`http://localhost:${port}/`))).toEqual({
    ROOT: 'r', // The command line names it, and a shell has to put it in.
    ROOT_COPY: 'r',
    OWN: '1',
    PASSWORD: 'pa$w0rd',
    HASH: '$2b$10$N9qo8uLOickgx2',
    HOST: 'localhost',
    URL: 'https://shop.example',
    DATABASE_URL: 'pg://db',
    DATABASE_HOST: null,
    DATABASE_PORT: String(other),
  });
});

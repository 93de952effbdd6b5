import { expect, test } from 'vitest';
import { generateOptions } from '../../src/cli/generator/generate-options.ts';
import { connectionsOf } from '../../src/generate/emit/connections.ts';
import { code } from '../../src/generate/emit/markdown-code.ts';
import { renderPicture } from '../../src/generate/emit/render-picture.ts';
import { planOf } from '../plan/plans.ts';
import { createFixture, NAMES, service } from './project-fixture.ts';

test('who talks to whom is read from variables, commands, dependencies and what is waited for', () => {
  const services = [
    service('my-api', { env: { ALLOWED_ORIGINS: '$WEB_URL', DB: '$DATABASE_URL' }, waitFor: ['tcp:127.0.0.1:5432'] }),
    service('web', { command: 'vite --proxy $MY_API_PORT', dependsOn: ['my-api'] }),
    service('worker', { dependsOn: ['my-api'], env: { API: `$\u007bMY_API_HOST}:1`, X: '$MY_API_PORTS' } }),
    service('docs', { dependsOn: ['web'] }),
  ];
  expect(connectionsOf({ services })).toEqual([
    { from: 'my-api', to: 'web', kind: 'admits', through: ['ALLOWED_ORIGINS'] },
    { from: 'my-api', to: 'tcp:127.0.0.1:5432', kind: 'waits', through: [] },
    { from: 'web', to: 'my-api', kind: 'calls', through: [] },
    { from: 'worker', to: 'my-api', kind: 'calls', through: ['API'] },
    { from: 'docs', to: 'web', kind: 'waits', through: [] },
  ]);
});

test('the picture has the proxies of a Vite config, by the ports of the config, and no wait for what is called', () => {
  const { root, write } = createFixture();
  const plan = planOf({
    services: {
      api: { command: 'serve', port: `\u0024{API_PORT:-8000}` },
      web: { command: 'vite', port: 5173, dependsOn: ['api'] },
    },
  });
  write(
    'vite.config.ts',
    "export default { server: { proxy: { '/a\"pi': 'http://localhost:8000', '/x': 'http://x' } } };",
  );
  const project = { root, plan, emit: {}, launcher: 'dev', envFiles: { root: [], services: {} } };
  const command = { writing: 'done', edited: 'kept', seed: null } as const;
  const installation = { runtimeDirectory: '', templates: '' };
  const { proxies } = generateOptions(project, command, { installation, version: '1', commands: [] });
  expect(renderPicture(plan, proxies)).toContain('\n  service2 -- "/a#34;pi" --> service1\n```');
  expect(renderPicture(plan, proxies)).not.toContain('waits for');
});

test('no password of a waited-for URL and no quote gets into the picture', () => {
  const waitFor = ['http-get://me:secret@host/x?token=1', 'file:a"]b<c>`'];
  const picture = renderPicture({ services: [service('a', { waitFor })] }, []);
  expect(picture).toContain('outside1(["http-get://host/x"])');
  expect(picture).toContain('outside2(["file:a#34;]b#60;c#62;#96;"])');
});

test.each([
  ['a', '`a`'],
  ['a `b`', '`` a `b` ``'],
  ['a\n b', '`a b`'],
  ['``', '``` `` ```'],
])('%j is %s in Markdown', (text, markdown) => {
  expect(code(text)).toBe(markdown);
});

test('names and folders that are not ASCII are written in UTF-8', async () => {
  const project = createFixture();
  const plan = {
    ...NAMES,
    configFile: 'dévgen.yaml',
    services: [service('api', { cwd: 'bäck end', command: 'sh ü.sh' })],
  };
  await project.generate({ plan });
  const text = Buffer.from(project.read('DEVELOPMENT.md'), 'latin1').toString();
  expect(text).toContain('- **api**: `sh ü.sh` in `bäck end`, no port\n');
  expect((await project.generate({ plan })).outcome).toBe('up-to-date');
});

test('the user’s own documents keep every word, and only the section changes', async () => {
  const project = createFixture({ 'DEVELOPMENT.md': '# Mine\r\n\r\nText.\r\n', 'AGENTS.md': '# Rules' });
  await project.generate();
  project.write('AGENTS.md', `${project.read('AGENTS.md')}\n## More\n`);
  await project.generate({ plan: { ...NAMES, services: [service('api')] } });
  expect(project.read('DEVELOPMENT.md')).toMatch(
    /^# Mine\r\n\r\nText\.\r\n<!-- >>> devgen >>> -->\r\n\r\n## Dev servers\r\n/,
  );
  expect(project.read('AGENTS.md')).toMatch(
    /^# Rules\n<!-- >>> devgen >>> -->\n[\s\S]*`api`[\s\S]*<!-- <<< devgen <<< -->\n\n## More\n$/,
  );
});

test('without services and tasks there is a guide all the same', async () => {
  const project = createFixture();
  await project.generate({ plan: { ...NAMES, services: [], tasks: [] } });
  expect(project.read('DEVELOPMENT.md')).toContain('`./dev up NAME`');
  expect(project.read('DEVELOPMENT.md')).not.toContain('mermaid');
  expect(project.read('AGENTS.md')).toContain('`./dev start NAME --json`');
});

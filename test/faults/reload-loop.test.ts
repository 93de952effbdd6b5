import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { holdsFor } from '../rig/holds-for.ts';
import { hasNodemon, linkNodemon } from '../rig/nodemon.ts';
import type { Project } from '../rig/project.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { expectCleanStop, projectWithWeb, start } from './fault-project.ts';

/** A server at the root of its repository that keeps count of its boots where no watcher looks. */
const SERVER = [
  "require('fs').appendFileSync('.boots', 'x')",
  "require('http').createServer((q, r) => r.end('ok')).listen(process.env.PORT, () => console.log('listening'))",
].join('\n');

async function projectUnder(command: string): Promise<{ project: Project; port: number }> {
  // Probed this often, a minute's worth of writes comes in seconds.
  const found = await projectWithWeb(command, { health: { http: '/', period: '200ms' } });
  found.project.write('server.js', SERVER);
  found.project.write(
    'package.json',
    '{ "name": "web", "main": "server.js", "scripts": { "dev": "nodemon server.js" } }',
  );
  return found;
}

function bootsOf(project: Project): number {
  return readFileSync(join(project.root, '.boots'), 'utf8').length;
}

test.skipIf(!hasNodemon)(
  'nodemon over the whole repository restarts its server once at most for what devgen writes, never with its remedy',
  async () => {
    const { project, port } = await projectUnder('npm run dev');
    linkNodemon(project);
    await start(project);
    await holdsFor(5000, () => bootsOf(project) <= 2);
    expect(await project.dev(['health'])).toMatchObject({ code: 0 });
    expect(JSON.parse(project.read('logs/web_status.json'))).toMatchObject({ state: 'ready', port });

    const [finding] = await watchersFound(project);
    expect(finding).toMatchObject({ code: 'watches-logs', severity: 'warning', where: { service: 'web' } });
    expect(finding?.remedy).toBe(
      'Put "logs/" into `ignore` of nodemon.json, or, where there is none, of `nodemonConfig` in package.json.',
    );
    project.write('nodemon.json', '{ "ignore": ["logs/"] }');
    await project.dev(['restart']);
    const boots = bootsOf(project);
    await holdsFor(3000, () => bootsOf(project) === boots);
    expect(await watchersFound(project)).toEqual([]);
    await expectCleanStop(project, port);
    expect(JSON.parse(project.read('logs/web_status.json'))).toMatchObject({ state: 'down', pid: null });
  },
  60_000,
);

test('a server that restarts itself for each line of its own log is found out, and doctor says what to do', async () => {
  const { project } = await projectUnder('node --watch-path=. server.js');
  await project.dev(['start']);

  const said = await waitUntil(() => /.*"reload-loop".*/.exec(project.read('logs/events.ndjson'))?.[0], 30_000);

  const { command } = JSON.parse(said);
  expect(command).toContain('--watch-path=.');
  expect(await watchersFound(project)).toMatchObject([
    {
      what: expect.stringMatching(
        /^`web` restarts whenever a file in logs\/ changes: `node --watch-path=. .*watches it$/,
      ),
      remedy: 'Name the folder of the code (`--watch-path=src`); `--watch` alone watches what the program imports.',
    },
  ]);
  await expectCleanStop(project);
}, 60_000);

async function watchersFound(project: Project) {
  const { findings } = JSON.parse((await project.dev(['doctor', '--json'])).stdout) as { findings: readonly Finding[] };
  return findings.filter(({ code }) => code === 'watches-logs');
}

interface Finding {
  readonly code: string;
  readonly what: string;
  readonly remedy: string;
}

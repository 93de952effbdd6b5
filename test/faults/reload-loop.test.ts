import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { holdsFor } from '../rig/holds-for.ts';
import { hasNodemon, linkNodemon } from '../rig/nodemon.ts';
import type { Project } from '../rig/project.ts';
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
  'nodemon over the whole repository restarts its server once at most for what devgen writes',
  async () => {
    const { project, port } = await projectUnder('npm run dev');
    linkNodemon(project);

    await start(project);
    await holdsFor(8000, () => bootsOf(project) <= 2);

    expect(await project.dev(['health'])).toMatchObject({ code: 0 });
    expect(JSON.parse(project.read('logs/web_status.json'))).toMatchObject({ state: 'ready', port });
    await expectCleanStop(project, port);
    expect(JSON.parse(project.read('logs/web_status.json'))).toMatchObject({ state: 'down', pid: null });
  },
);

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { reservePort } from '../rig/ports.ts';
import type { Project } from '../rig/project.ts';
import { expectCleanStop, pidOf, startedProject, supervisorsOf } from './fault-project.ts';

const RUNTIME = '.devgen/runtime';
const SAID = 'the supervisor is of another version of devgen: this one takes its place, the services go on\n';

/** As after a `git pull` that brought another version of the runtime. */
function replaceRuntime(project: Project): void {
  const programs = readdirSync(join(project.root, RUNTIME)).filter((name) => name.endsWith('.cjs'));
  const texts = programs.map((name) => [`${RUNTIME}/${name}`, project.read(`${RUNTIME}/${name}`)] as const);
  const build = texts.flatMap(([, text]) => /BUILD_ID = true \? "(\w+)"/.exec(text)?.[1] ?? [])[0] ?? 'no build';
  for (const [path, text] of texts) project.write(path, text.replaceAll(build, 'another'));
}

test('a command of another version says that its supervisor takes over, once, and the services go on', async () => {
  const port = await reservePort();
  const project = await startedProject({ web: { command: 'node programs/server.mjs', port } });
  const pid = pidOf(project, 'web');
  const [before] = supervisorsOf(project);
  replaceRuntime(project);

  const started = await project.dev(['start']);
  const again = await project.dev(['start']);

  expect(started).toMatchObject({ code: 0 });
  expect(started.stderr.split(SAID)).toHaveLength(2);
  expect(again.stderr).not.toContain(SAID);
  expect(pidOf(project, 'web')).toBe(pid);
  expect(supervisorsOf(project)[0]?.pid).not.toBe(before?.pid);
  await expectCleanStop(project, port);
});

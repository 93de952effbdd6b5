import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ask, askText, isPortFree } from '../rig/ask.ts';
import { normalise } from '../rig/normalise.ts';
import { reservePort } from '../rig/ports.ts';
import { type Command, createProject, linkVite, type Project, repository } from '../rig/project.ts';
import { startStranger } from '../rig/stranger.ts';
import { hasFlask } from '../rig/tools.ts';
import { waitUntil } from '../rig/wait-until.ts';

interface Way {
  readonly name: string;
  command(project: Project): Command;
  readonly start: string;
  readonly force: readonly string[];
  readonly stop: string;
}

const ways: readonly Way[] = [
  { name: './dev', command: (project) => project.dev, start: 'up', force: ['backend', '--force'], stop: 'stop' },
  { name: 'make', command: (project) => project.make, start: 'dev', force: ['backend-force'], stop: 'stop' },
];

for (const way of ways) {
  test.skipIf(!hasFlask)(
    `${way.name}: Flask and Vite work around a stranger on Flask's port, take it back when told to, and leave nothing (needs python3-flask)`,
    { timeout: 120_000 },
    async () => {
      const [port, pagePort] = [await reservePort(), await reservePort()];
      const project = await createFlaskVite(port, pagePort);
      const run = way.command(project);
      const stranger = await startStranger(port);

      const started = await run([way.start]);
      expect(started, started.stderr).toMatchObject({ code: 0 });
      expect(started.stderr).toContain(`port ${port} is taken by`);
      expect(started.stderr).toContain(`pid ${stranger.pid}`);
      expect(started.stderr).toContain(`using ${port + 1} instead`);
      expect(project.status('backend')).toMatchObject({ state: 'ready', port: port + 1, wantedPort: port });
      expect(project.status('frontend')).toMatchObject({ state: 'ready', port: pagePort });

      expect(await askText(`http://localhost:${pagePort}/`)).toContain('<title>Flask + Vite</title>');
      await expectOurBackend(project, `http://localhost:${pagePort}/api/status`);
      expect(stranger.isAlive()).toBe(true);
      expect(await ask(`http://localhost:${port}/`)).toMatchObject({ server: 'stranger' });

      const status = await project.dev(['status']);
      const forced = await run(way.force);
      expect(forced, forced.stderr).toMatchObject({ code: 0 });
      await waitUntil(() => !stranger.isAlive());
      expect(project.status('backend')).toMatchObject({ state: 'ready', port, wantedPort: port });
      await waitUntil(() => project.status('frontend').state === 'ready');
      await expectOurBackend(project, `http://localhost:${pagePort}/api/status`);

      const stopped = await run([way.stop]);
      expect(stopped, stopped.stderr).toMatchObject({ code: 0 });
      await waitUntil(() => project.processes().length === 0, 5000);
      expect(await Promise.all([port, port + 1, pagePort].map(isPortFree))).toEqual([true, true, true]);

      if (way.name !== './dev') return;
      const ports = { BACKEND: port, FALLBACK: port + 1, PAGE: pagePort };
      const printed = {
        './dev': started,
        './dev status': status,
        './dev backend --force': forced,
        './dev stop': stopped,
      };
      for (const [line, { stdout, stderr }] of Object.entries(printed)) {
        const shown = linesOf(transcript(line), project, { BACKEND: 5000, FALLBACK: 5001, PAGE: 5173 });
        expect(shown, 'node scripts/transcript.mjs').toEqual(linesOf(stdout + stderr, project, ports));
      }
    },
  );
}

/** What the README shows of a command. */
function transcript(line: string): string {
  const [block = ''] =
    /(?<=```console\n)[\s\S]*?(?=```)/.exec(readFileSync(join(repository, 'README.md'), 'utf8')) ?? [];
  return (
    block
      .split(/^\$ /m)
      .find((part) => part.startsWith(`${line}\n`))
      ?.slice(line.length + 1) ?? ''
  );
}

/**
 * Without what differs from run to run: who the stranger is, how well all is, what had to be set up, and in which order
 * two streams come.
 */
function linesOf(text: string, project: Project, ports: Readonly<Record<string, number>>): readonly string[] {
  return normalise(text, project, ports)
    .replace(/(taken by|ended) `[^`\n]*` \(pid N, [^)]*\)/g, '$1 STRANGER')
    .replace(/T (excellent|good|warning|critical)(, T ago)?/g, 'T GRADE')
    .replace(/ \d+ {2,}T/g, ' N T')
    .split('\n')
    .map((line) => line.replace(/ +/g, ' ').trim())
    .filter((line) => line !== '' && !line.startsWith('setup '))
    .sort();
}

/** The example as `devgen init` leaves it, but for the ports, which a test may not take for granted. */
async function createFlaskVite(port: number, pagePort: number): Promise<Project> {
  const project = await createProject({ example: 'flask-vite' });
  linkVite(project, 'frontend');
  const init = await project.devgen(['init', '--yes']);
  expect(init, init.stdout + init.stderr).toMatchObject({ code: 0 });
  const config = project.read('devgen.config.yaml');
  expect(config).toMatch(/port: 5000\b/);
  expect(config).toMatch(/port: 5173\b/);
  project.write(
    'devgen.config.yaml',
    config.replace(/port: 5000\b/, `port: ${port}`).replace(/port: 5173\b/, `port: ${pagePort}`),
  );
  return project;
}

async function expectOurBackend(project: Project, url: string): Promise<void> {
  const answer = await ask(url);
  expect(answer).toMatchObject({ service: 'backend' });
  expect(project.processes().map(({ pid }) => pid)).toContain(answer.pid);
}

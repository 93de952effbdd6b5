import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { isPortFree } from '../rig/ask.ts';
import { configFile, type Services } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { isLiving, killQuietly, type LivingProcess, parentOf } from '../rig/processes.ts';
import { createProject, type Project, statusFile } from '../rig/project.ts';
import { waitUntil } from '../rig/wait-until.ts';

const programs = join(import.meta.dirname, 'programs');

/** A generated project with these services, and the programs of both rigs. */
export async function projectWith(
  services: Services,
  rest: Readonly<Record<string, unknown>> & { readonly folder?: string } = {},
): Promise<Project> {
  const { folder, ...config } = rest;
  const files = Object.fromEntries(
    readdirSync(programs).map((name) => [`programs/${name}`, readFileSync(join(programs, name), 'utf8')]),
  );
  return createProject({
    files: { ...files, ...configFile(services, config) },
    generated: true,
    ...(folder !== undefined && { name: folder }),
  });
}

/** The same, and everything in it is ready. */
export async function startedProject(
  services: Services,
  rest: Readonly<Record<string, unknown>> = {},
): Promise<Project> {
  const project = await projectWith(services, rest);
  await start(project);
  return project;
}

/** A project whose only service `web` runs this command line on a port of its own. */
export async function projectWithWeb(
  command: string,
  config: Readonly<Record<string, unknown>> = {},
): Promise<{ project: Project; port: number }> {
  const port = await reservePort();
  return { project: await projectWith({ web: { command, port, ...config } }), port };
}

/** Starts these services, all when none is named; fails the test when that fails. */
export async function start(project: Project, ...names: readonly string[]): Promise<void> {
  const started = await project.dev(['up', '-d', ...names]);
  expect(started, started.stderr).toMatchObject({ code: 0 });
}

/** Stops everything, and holds the stop to its word: at its return only the supervisor may live, and the ports are free. */
export async function expectCleanStop(project: Project, ...ports: readonly number[]): Promise<void> {
  const stopped = await project.dev(['stop']);
  expect(stopped, stopped.stderr).toMatchObject({ code: 0 });
  expect(runsOf(project)).toEqual([]);
  for (const port of ports) expect(await isPortFree(port)).toBe(true);
  await waitUntil(() => project.processes().length === 0, 5000);
}

export function supervisorsOf(project: Project): readonly LivingProcess[] {
  const all = project.processes().filter(({ command }) => command.includes('supervisor.cjs'));
  // Its child still looks like it between fork and exec.
  return all.filter(({ pid }) => !all.some((other) => other.pid === parentOf(pid)));
}

/** Living processes of the project other than our own: those whose command line has `text` in it. */
export function runsOf(project: Project, text = ''): readonly LivingProcess[] {
  return project
    .processes()
    .filter(({ command }) => !/supervisor\.cjs|front\.cjs|run-start\.cjs/.test(command) && command.includes(text));
}

/** The parents that services were given to adopt whom their trees orphan; none where there are no means. */
export function subreapersOf(project: Project): readonly LivingProcess[] {
  return runsOf(project, 'devgen-subreaper');
}

/** Ends the project's supervisor, without a chance to tidy up. */
export async function killSupervisor(project: Project): Promise<void> {
  for (const { pid } of supervisorsOf(project)) {
    killQuietly(pid);
    await waitUntil(() => !isLiving(pid));
  }
}

/** The pid in a status file that says there is one. */
export function pidOf(project: Project, service: string): number {
  const { pid } = project.status(service);
  if (pid === null) throw new Error(`\`${service}\` has no pid: ${project.read(statusFile(service))}`);
  return pid;
}

/** Waits for a child of `programs/family.py`, and gives its pid. */
export async function childOf(project: Project, kind: string): Promise<number> {
  return Number(await waitUntil(() => project.read(join('children', kind))));
}

/** Removes `logs/` with everything in it; the supervisor may be writing there this very moment. */
export async function removeLogs(project: Project): Promise<void> {
  await waitUntil(() => {
    rmSync(join(project.root, 'logs'), { recursive: true, force: true });
    return true;
  });
}

import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { isPortFree } from '../rig/ask.ts';
import { server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { isLiving, killQuietly } from '../rig/processes.ts';
import type { Project } from '../rig/project.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { expectCleanStop, killSupervisor, projectWith, runsOf, start, supervisorsOf } from './fault-project.ts';
import { SEED, seededRandom } from './seeded.ts';

const ROUNDS = 5;
/** Longer than each of these commands takes here, so that some moments lie after its end. */
const LONGEST_MS: Readonly<Record<string, number>> = { start: 500, restart: 600, stop: 250 };

/** One test for each of start, restart and stop: kills the victim at seeded moments of it. */
export function testCrashPoints(victim: 'supervisor' | 'command'): void {
  for (const [index, verb] of Object.keys(LONGEST_MS).entries()) {
    test(`after SIGKILL of the ${victim} at any moment of a ${verb}, the truth is told and the next commands mend it`, {
      timeout: 90_000,
    }, async () => {
      const random = seededRandom(SEED + 10 * index + (victim === 'command' ? 1 : 0));
      const ports = [await reservePort(), await reservePort()] as const;
      const project = await projectWith({
        backend: { ...server('backend', ports[0], '--grandchild'), before: 'sleep 0.05' },
        frontend: { ...server('frontend', ports[1]), dependsOn: ['backend'] },
      });
      for (let round = 0; round < ROUNDS; round++) {
        if (verb !== 'start') await start(project);
        const momentMs = Math.round(random() * (LONGEST_MS[verb] ?? 0));
        const where = `FAULT_SEED=${SEED}, round ${round}, ${momentMs} ms into ${verb}`;

        const running = project.dev([verb], { limitMs: 20_000 });
        await delay(momentMs); // The moment is what is tested.
        await kill(project, victim);
        await running;

        await expectTruth(project, where);
        await start(project);
        expect(runsOf(project, '--name backend'), where).toHaveLength(1);
        expect(runsOf(project, '--name frontend'), where).toHaveLength(1);
        expect(supervisorsOf(project), where).toHaveLength(1);
        for (const [service, port] of [
          ['backend', ports[0]],
          ['frontend', ports[1]],
        ] as const) {
          expect(project.status(service), where).toMatchObject({ state: 'ready', port });
        }
        if (verb === 'start') await expectCleanStop(project, ...ports);
      }
      await expectCleanStop(project, ...ports);
    });
  }
}

async function kill(project: Project, victim: string): Promise<void> {
  if (victim === 'supervisor') return killSupervisor(project);
  const commands = project.processes().filter(({ command }) => /(front|run-start)\.cjs/.test(command));
  for (const { pid } of commands) killQuietly(pid);
  await waitUntil(() => commands.every(({ pid }) => !isLiving(pid)));
}

/** What `status` says is up answers, and never are there two of a service. */
async function expectTruth(project: Project, where: string): Promise<void> {
  const status = await project.dev(['status', '--json']);
  expect(status.code, `${where}: ${status.stderr}`).toBeLessThan(2);
  const { services } = JSON.parse(status.stdout) as {
    services: { service: string; state: string; pid: number | null; port: number | null }[];
  };
  for (const { service, state, pid, port } of services) {
    expect(runsOf(project, `--name ${service}`).length, where).toBeLessThan(2);
    if (state !== 'ready') continue;
    expect(pid !== null && isLiving(pid), `${where}: ${service}`).toBe(true);
    expect(port !== null && (await isPortFree(port)), `${where}: ${service}`).toBe(false);
  }
}

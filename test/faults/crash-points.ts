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

/** `FAULT_ROUNDS` asks for more; every day has other moments. */
const ROUNDS = Number(process.env.FAULT_ROUNDS ?? 3);
/** Longer than each of these commands takes here, so that some moments lie after its end. */
const LONGEST_MS: Readonly<Record<string, number>> = { start: 500, restart: 600, stop: 250 };

/** One test for each of start, restart and stop: kills the victim at seeded moments of it. */
export function testCrashPoints(victim: 'supervisor' | 'command'): void {
  for (const [index, verb] of Object.keys(LONGEST_MS).entries()) {
    test(`after SIGKILL of the ${victim} at any moment of a ${verb}, the truth is told and the next commands mend it`, {
      timeout: 30_000 * ROUNDS,
    }, async () => {
      const random = seededRandom(SEED + 10 * index + (victim === 'command' ? 1 : 0));
      const ports = [await reservePort(), await reservePort()] as const;
      const project = await projectWith({
        backend: { ...server('backend', ports[0], '--grandchild'), before: 'sleep 0.05' },
        frontend: { ...server('frontend', ports[1]), dependsOn: ['backend'] },
        // Without a port, so that nothing but its record and its marks lead to it.
        worker: { command: 'sleep 98765' },
      });
      for (let round = 0; round < ROUNDS; round++) {
        if (verb !== 'start') await start(project);
        const momentMs = Math.round(random() * (LONGEST_MS[verb] ?? 0));
        const where = `FAULT_SEED=${SEED}, round ${round}, ${momentMs} ms into ${verb}`;

        const supervisors = pidsOf(supervisorsOf(project));

        const running = project.dev([verb], { limitMs: 20_000 });
        await delay(momentMs); // The moment is what is tested.
        await kill(project, victim);
        const ended = await running;

        // Whoever loses its supervisor on the way finds another one, and gets done what it was asked; one that does not
        // even get up is not tried for ever.
        const isUnborn = ended.stderr.includes('could not be started: ended with SIGKILL');
        if (victim === 'supervisor' && !isUnborn) expect(ended, `${where}\n${ended.stderr}`).toMatchObject({ code: 0 });

        await expectTruth(project, where);
        // While something is wanted up, the death of a command is none of the supervisor's business.
        if (victim === 'command' && verb === 'restart') {
          expect(pidsOf(supervisorsOf(project)), where).toEqual(supervisors);
        }
        await start(project);
        expect(runsOf(project, '--name backend'), where).toHaveLength(1);
        expect(runsOf(project, '--name frontend'), where).toHaveLength(1);
        expect(runsOf(project, 'sleep 98765'), where).toHaveLength(1);
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

function pidsOf(processes: readonly { readonly pid: number }[]): readonly number[] {
  return processes.map(({ pid }) => pid);
}

/** Status soon tells what is the case, and goes on to; a stop that lost its command may still be under way at first. */
async function expectTruth(project: Project, where: string): Promise<void> {
  let lie = '';
  await waitUntil(async () => {
    lie = await findLie(project);
    return lie === '';
  }, 5000).catch((cause: unknown) => expect.fail(`${where}: ${lie} (${String(cause)})`));
}

/** What is said to be up but is not, or is there twice; empty: all is as status says. */
async function findLie(project: Project): Promise<string> {
  const { code, stdout, stderr } = await project.dev(['status', '--json']);
  if (code !== 0 && code !== 1) return `status ended with ${code}: ${stderr}`;
  const { services } = JSON.parse(stdout) as { services: readonly ServiceView[] };
  for (const { service, state, pid, port } of services) {
    if (runsOf(project, `--name ${service}`).length > 1) return `${service} runs twice`;
    if (state !== 'ready') continue;
    if (pid === null || !isLiving(pid)) return `${service} is said to be ready, and pid ${pid} is gone`;
    if (port !== null && (await isPortFree(port))) return `${service} is said to be ready, and port ${port} is free`;
  }
  return '';
}

interface ServiceView {
  readonly service: string;
  readonly state: string;
  readonly pid: number | null;
  readonly port: number | null;
}

import type { ProcessEntry, ProcessMarks } from '../../src/platform/process-table.ts';
import { callSystem } from './killed.ts';
import type { Machine } from './machine.ts';
import { BOOT, type SimulatedProcess, USER } from './simulated-process.ts';

/** The modules of `platform/` that read processes and sockets, as they are on a simulated machine. */
export function bordersOfProcesses(machine: Machine, self: SimulatedProcess) {
  const call = (): void => callSystem(machine, self);
  const find = (pid: number): SimulatedProcess | undefined => {
    call();
    return machine.find(pid);
  };
  const findProcess = (pid: number): ProcessEntry | undefined => {
    const process = find(pid);
    return process === undefined ? undefined : entryOf(process);
  };
  const readMarksOf = (pids: readonly number[]): ReadonlyMap<number, ProcessMarks> =>
    new Map(
      pids.flatMap((pid) => {
        const process = find(pid);
        return process === undefined || process.facts.userId !== USER ? [] : [[pid, marksOf(process)] as const];
      }),
    );
  return {
    boot: { currentBoot: () => BOOT } satisfies Boot,
    'own-user': { ownUserId: () => USER } satisfies typeof import('../../src/platform/own-user.ts'),
    'process-table': {
      readProcessTable: () => {
        call();
        return machine.processes.map(entryOf);
      },
      readStdins: () => {
        const pids = machine.processes.map(({ pid }) => pid);
        return [...readMarksOf(pids).values()].flatMap(({ stdin }) => stdin ?? []);
      },
      findProcess,
      findLife: findProcess,
      showsMarks: true,
      readMarksOf,
      readProcessMarks: (pid) => readMarksOf([pid]).get(pid),
    } satisfies typeof import('../../src/platform/process-table.ts'),
    'process-details': {
      commandLineOf: (pid) => find(pid)?.facts.name,
      executableOf: () => '/usr/bin/program',
      workingDirectoryOf: () => machine.folder,
      usageOf: (pid) => {
        const process = find(pid);
        return process === undefined ? undefined : { residentBytes: process.residentBytes, cpuMs: 0 };
      },
      startedAtMs: ({ startTime }) => startTime,
      userNameOf: (userId) => `user-${userId}`,
    } satisfies typeof import('../../src/platform/process-details.ts'),
    'process-environment': {
      environmentOf: (pid) => find(pid)?.facts.environment,
    } satisfies typeof import('../../src/platform/process-environment.ts'),
    'newest-pids': { newestPids: () => [] } satisfies typeof import('../../src/platform/newest-pids.ts'),
  };
}

type Boot = typeof import('../../src/platform/boot.ts');

function entryOf({ pid, parentPid, groupId, startTime, facts }: SimulatedProcess): ProcessEntry {
  const { userId, name } = facts;
  return { pid, parentPid, groupId, sessionId: groupId, userId, startTime, state: 'running', name };
}

function marksOf({ facts }: SimulatedProcess): ProcessMarks {
  const { environment, stdin, output } = facts;
  return { environmentKeys: new Set(Object.keys(environment)), stdin, stdout: output, stderr: output };
}

import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { readLastPlan } from '../../plan/plan-cache.ts';
import { ownUserId } from '../../platform/own-user.ts';
import { commandLineOf, executableOf, startedAtMs, workingDirectoryOf } from '../../platform/process-details.ts';
import { environmentOf } from '../../platform/process-environment.ts';
import { isAlive } from '../../platform/process-identity.ts';
import { type ProcessMarks, readMarksOf, readProcessTable, showsMarks } from '../../platform/process-table.ts';
import { isProtectedProgram } from '../../platform/protected-program.ts';
import { COMMAND_MARK, SUPERVISOR_MARK } from '../../platform/run-marks.ts';
import { registeredPorts } from '../ports/reservations.ts';
import { type CommandRun, readCommandRun } from '../state/command-run.ts';
import { type JudgedState, type JudgedStatus, judgeStatus } from '../state/judge-status.ts';
import { pathsOf } from '../state/paths.ts';
import { presentIn } from '../state/present.ts';
import type { RunRecord } from '../state/run-record.ts';
import { readRunRecord } from '../state/run-record-file.ts';
import { servicesWithRunRecord } from '../state/services-with-run-record.ts';
import { readStatus } from '../state/status-file.ts';
import { branchOf } from '../supervisor/ports/branch-of.ts';
import { recordedSupervisors, traceRecordedRuns } from './trace-recorded-runs.ts';
import { type TracedRun, traceRuns } from './trace-runs.ts';

/** A run of this user's that has a living process, in whichever checkout. */
export interface FoundRun {
  readonly id: string;
  /** `null`: nothing tells; so with what follows. */
  readonly root: string | null;
  /** `gone`: it was removed while the run went on. */
  readonly folder: 'there' | 'gone';
  readonly project: string | null;
  readonly branch: string | null;
  readonly service: string | null;
  /** The task, setup step or hook that runs it; `null`: a service. */
  readonly command: FoundCommand | null;
  /** `running`: no status file of this very run says more. */
  readonly state: JudgedState | 'running';
  readonly pid: number;
  /** Of `pid`; 0 where there are no groups. */
  readonly groupId: number;
  readonly pids: readonly number[];
  readonly port: number | null;
  readonly url: string | null;
  /** Epoch ms. */
  readonly startedAt: number;
  /** Pid of the checkout's supervisor. */
  readonly supervisor: number | null;
}

export interface FoundCommand extends Pick<CommandRun, 'kind' | 'name'> {
  /** Pid of the `./dev` that it ends with; `null`: that is gone. */
  readonly client: number | null;
}

/**
 * All runs of this user on this machine, from the process table; the files of their checkouts only add details, where
 * processes show what they carry.
 */
export function findAllRuns(): readonly FoundRun[] {
  const user = ownUserId();
  const table = readProcessTable().filter(({ userId }) => userId === user);
  const marks = readMarksOf(table.map(({ pid }) => pid));
  const guards = table.filter(({ pid }) => marks.get(pid)?.environmentKeys.has(SUPERVISOR_MARK));
  const supervisors = showsMarks
    ? new Map(guards.map(({ pid }) => [workingDirectoryOf(pid), pid]))
    : recordedSupervisors();
  const traced = showsMarks ? traceRuns(table, marks) : traceRecordedRuns();
  const runs = traced.filter(({ processes }) => !processes.every(({ pid }) => isProtected(pid)));
  return runs
    .flatMap((run) => (isOfCommand(run, marks) ? completeCommand(run, supervisors) : complete(run, supervisors)))
    .sort((a, b) => (a.root ?? '').localeCompare(b.root ?? '') || (a.service ?? '').localeCompare(b.service ?? ''));
}

/** A browser or editor that a service opened carries its tag for ever. */
function isProtected(pid: number): boolean {
  return isProtectedProgram(executableOf(pid) ?? '', commandLineOf(pid) ?? '');
}

function complete(run: TracedRun, supervisors: ReadonlyMap<string | undefined, number>): FoundRun {
  const { id, processes } = run;
  const claim = registeredPorts().find((each) => each.run === id);
  const root = run.root ?? claim?.root ?? checkoutAbove(workingDirectoryOf(processes[0].pid) ?? '/');
  const isThere = root !== null && existsSync(root);
  const record = isThere ? recordOf(root, id) : undefined;
  const service = record?.service ?? claim?.service ?? run.service;
  const judged = isThere && service !== null ? judgedIn(root, service, id) : undefined;
  const [first] = processes;
  const main = processes.find(({ pid }) => pid === record?.root?.pid) ?? first;
  return {
    id,
    root,
    folder: isThere ? 'there' : 'gone',
    project: root === null ? null : (readLastPlan(root)?.name ?? basename(root)),
    branch: (isThere ? branchOf(root) : null) ?? claim?.branch ?? null,
    service,
    command: null,
    state: judged?.state ?? 'running',
    pid: main.pid,
    groupId: main.groupId,
    pids: processes.map(({ pid }) => pid),
    port: judged?.port ?? record?.port ?? claim?.port ?? null,
    url: judged?.url ?? record?.url ?? null,
    startedAt: startedAtMs(main),
    supervisor: supervisors.get(root ?? '') ?? null,
  };
}

function isOfCommand({ processes: [{ pid }] }: TracedRun, marks: ReadonlyMap<number, ProcessMarks>): boolean {
  return marks.get(pid)?.environmentKeys.has(COMMAND_MARK) === true;
}

/** Nothing of one that has ended by itself: what it left was meant to stay. */
function completeCommand(run: TracedRun, supervisors: ReadonlyMap<string | undefined, number>): readonly FoundRun[] {
  const { pid } = run.processes[0];
  const root = environmentOf(pid)?.[COMMAND_MARK] ?? checkoutAbove(workingDirectoryOf(pid) ?? '/');
  const record = root === null ? undefined : readCommandRun(root, run.id);
  if (record === undefined) return [];
  const { kind, name, client } = record;
  const command = { kind, name, client: isAlive(client) ? client.pid : null };
  return [{ ...complete({ ...run, root }, supervisors), service: null, command }];
}

function judgedIn(root: string, service: string, id: string): JudgedStatus | undefined {
  const status = readStatus(root, service);
  return status.ok && status.value.run === id ? judgeStatus(status.value, presentIn(root)) : undefined;
}

function recordOf(root: string, id: string): RunRecord | undefined {
  const records = servicesWithRunRecord(root).map((service) => readRunRecord(root, service));
  return records.flatMap((record) => (record.ok && record.value.id === id ? [record.value] : []))[0];
}

/** For a run on a terminal, none of whose files is open. */
function checkoutAbove(folder: string): string | null {
  if (existsSync(pathsOf(folder).runs)) return folder;
  const above = dirname(folder);
  return above === folder ? null : checkoutAbove(above);
}

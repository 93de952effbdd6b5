import type { Diagnostic } from '../../base/diagnostic.ts';
import { portNumber } from '../../base/port-number.ts';
import type { ServiceEnvironmentRequest } from '../../plan/environment.ts';
import type { ServicePlan } from '../../plan/plan.ts';
import { configuredPorts } from '../../plan/wanted-ports.ts';
import { livingEntry } from '../../platform/process-identity.ts';
import type { ProcessEntry } from '../../platform/process-table.ts';
import { runTag } from '../../platform/run-marks.ts';
import type { InspectContext } from '../../runtime/ports/holder-relation.ts';
import { registeredPorts } from '../../runtime/ports/reservations.ts';
import { findMembers, type RunMember } from '../../runtime/process/find-members.ts';
import { type JudgedStatus, judgeStatus } from '../../runtime/state/judge-status.ts';
import { pathsOf } from '../../runtime/state/paths.ts';
import { presentIn } from '../../runtime/state/present.ts';
import type { RunRecord } from '../../runtime/state/run-record.ts';
import { readRunRecord } from '../../runtime/state/run-record-file.ts';
import { servicesWithRunRecord } from '../../runtime/state/services-with-run-record.ts';
import { socketPathOf } from '../../runtime/state/socket-path.ts';
import type { Unread } from '../../runtime/state/state-file.ts';
import { readStatus, servicesWithStatus } from '../../runtime/state/status-file.ts';
import { livingSupervisor } from '../../runtime/state/supervisor-file.ts';
import { askAlive, type SocketAnswer } from '../../runtime/supervisor/control/ask-alive.ts';
import { knownShift } from '../../runtime/worktrees/port-shift.ts';
import type { CommandContext } from '../context/command-context.ts';
import { findOwnFiles } from '../logs/own-logs.ts';
import type { Finding } from './finding.ts';

/** What was read of the configuration, however broken it is. */
export interface Reading {
  readonly mistakes: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
  /** What the plan was made of. */
  readonly source: 'config' | 'last-plan' | 'records';
}

/** The files that the runtime keeps about one service, held against the process table. */
export interface ServiceFacts {
  readonly service: string;
  readonly status: JudgedStatus | Unread;
  readonly record: RunRecord | Unread;
  /** Living processes of the recorded run. */
  readonly members: readonly RunMember[];
  /** Whether the run's first process is among them. */
  readonly isRootAlive: boolean;
}

/** Everything that the checks look at, as of one moment. */
export interface DoctorFacts extends CommandContext {
  readonly reading: Reading;
  /** Those that were asked for. */
  readonly services: readonly ServicePlan[];
  /** The system's code with which `logs/` cannot be read; `null`: it can, or is not there yet. */
  readonly unreadableLogs: string | null;
  /** Every service with a file of ours in `logs/`, and those of the plan. */
  readonly states: ReadonlyMap<string, ServiceFacts>;
  /** The port that each service would want; `null`: none, or any. */
  readonly wanted: ReadonlyMap<string, number | null>;
  /** How the checkout's supervisor answers. */
  readonly supervisor: SocketAnswer;
  readonly own: InspectContext;
}

/** Longer than the slowest answer on a busy machine. */
const ANSWER_MS = 1500;

/** One look at one thing; finds nothing when nothing is wrong. Changes nothing, signals no process. */
export type Check = (facts: DoctorFacts) => readonly Finding[] | Promise<readonly Finding[]>;

export async function examine(
  context: CommandContext,
  services: readonly ServicePlan[],
  reading: Reading,
): Promise<DoctorFacts> {
  const { root, plan, environment } = context.checkout;
  const own = findOwnFiles(root, plan);
  const unreadableLogs = typeof own === 'string' ? own : null;
  const written = typeof own === 'string' ? [] : own.flatMap(({ kind, name }) => (kind === 'service' ? [name] : []));
  const names = [
    ...plan.services.map(({ name }) => name),
    ...servicesWithRunRecord(root),
    ...servicesWithStatus(root),
    ...written,
  ];
  const states = new Map([...new Set(names)].map((name) => [name, stateOf(root, name)]));
  const ownMembers = new Map<number, string>();
  const leftovers = new Map<number, string>();
  for (const { service, members, isRootAlive } of states.values()) {
    for (const { identity } of members) (isRootAlive ? ownMembers : leftovers).set(identity.pid, service);
  }
  const supervisor = await askAlive(socketPathOf(root), ANSWER_MS);
  if (supervisor !== 'absent') {
    for (const [pid, service] of unrecordedIn(root, states)) ownMembers.set(pid, service);
  }
  const configured = configuredPorts(plan, environment, knownShift({ root, plan }) ?? 0);
  const wanted = new Map([...configured].map(([name, { value }]) => [name, portNumber(value)]));
  const known: InspectContext = { root, service: null, ownMembers, leftovers, callers: new Set(), tagOf: runTag };
  return { ...context, reading, services, unreadableLogs, states, wanted, supervisor, own: known };
}

/** The port that a service has now; of what does not run, the one that it would want. */
export function portNow({ states, wanted }: DoctorFacts, service: string): number | null {
  const status = states.get(service)?.status;
  const actual = typeof status === 'object' ? status.port : null;
  return actual ?? wanted.get(service) ?? null;
}

/** To compose the environment of a service as it would be now. */
export function requestFor(service: ServicePlan, facts: DoctorFacts): ServiceEnvironmentRequest {
  const { plan, root, environment } = facts.checkout;
  const ports = new Map(plan.services.map(({ name }) => [name, portNow(facts, name)] as const));
  return { plan, root, service, ports, shellEnvironment: environment, runId: null };
}

/** The row of the checkout's supervisor, if it lives. */
export function supervisorOf({ checkout }: DoctorFacts): ProcessEntry | undefined {
  const identity = livingSupervisor(checkout.root);
  return identity === null ? undefined : livingEntry(identity);
}

/** Processes of the runs that a supervisor has claimed a port for, and whose record only the supervisor still knows. */
function unrecordedIn(root: string, states: ReadonlyMap<string, ServiceFacts>): readonly (readonly [number, string])[] {
  return registeredPorts()
    .filter((claim) => claim.root === root && typeof states.get(claim.service)?.record !== 'object')
    .flatMap(({ run, service }) => {
      const members = run === null ? [] : findMembers({ id: run, root: null, fifo: pathsOf(root).fifo(run), log: '' });
      return members.map(({ identity: { pid } }) => [pid, service] as const);
    });
}

function stateOf(root: string, service: string): ServiceFacts {
  const status = readStatus(root, service);
  const record = readRunRecord(root, service);
  const members = record.ok ? findMembers(record.value) : [];
  const rootPid = record.ok ? record.value.root?.pid : undefined;
  return {
    service,
    status: status.ok ? judgeStatus(status.value, presentIn(root)) : status.error,
    record: record.ok ? record.value : record.error,
    members,
    isRootAlive: members.some(({ identity }) => identity.pid === rootPid),
  };
}

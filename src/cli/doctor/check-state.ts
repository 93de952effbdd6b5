import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileOwner } from '../../platform/file-owner.ts';
import { commandLineOf } from '../../platform/process-details.ts';
import { identityOf } from '../../platform/process-identity.ts';
import { readTextIfThere } from '../../platform/regular-file.ts';
import { findMembers, type RunMember } from '../../runtime/process/find-members.ts';
import { findRunIds } from '../../runtime/process/find-run-ids.ts';
import type { JudgedStatus } from '../../runtime/state/judge-status.ts';
import { pathsOf } from '../../runtime/state/paths.ts';
import { socketPathOf } from '../../runtime/state/socket-path.ts';
import type { Unread } from '../../runtime/state/state-file.ts';
import { deletedLogs } from '../logs/deleted-logs.ts';
import { describeUnreadableLogs } from '../sentences/describe-misplaced.ts';
import { type DoctorFacts, type ServiceFacts, supervisorOf } from './doctor-facts.ts';
import { error, type Finding, info, warning } from './finding.ts';

/** What the files in `logs/` claim that is not so, what went wrong by their word, and what runs without any. */
export function checkState(facts: DoctorFacts): readonly Finding[] {
  const { checkout, services, states, unreadableLogs, supervisor } = facts;
  if (unreadableLogs !== null)
    return [error({ code: 'diagnostic', diagnostic: describeUnreadableLogs(unreadableLogs) })];
  const { root, plan } = checkout;
  const isAsked = (name: string) =>
    services.length === plan.services.length || services.some((each) => each.name === name);
  const asked = [...states.values()].filter(({ service }) => isAsked(service));
  const lonely = asked.filter(({ status }) => typeof status === 'object' && status.pid !== null && !status.supervised);
  return [
    ...asked.flatMap((state) => [...checkFilesOf(state, facts), ...checkRun(state)]),
    // While its supervisor lives, a run whose record was damaged or removed is none that was left.
    ...(supervisor === 'absent' ? checkUnrecorded(root, [...states.values()]) : []),
    ...deletedLogs(services, facts).map((diagnostic) => warning({ code: 'diagnostic', diagnostic })),
    ...(lonely.length === 0 ? [] : [warning({ code: 'unsupervised', services: lonely.map(({ service }) => service) })]),
  ];
}

/** Whether the supervisor, if there is one, answers. */
export function checkSupervisor(facts: DoctorFacts): readonly Finding[] {
  const { root } = facts.checkout;
  const socket = socketPathOf(root);
  // A socket that may not be used lies in a folder of which the machine's check tells that. A supervisor that has just
  // gone took its socket along.
  if (['answers', 'denied'].includes(facts.supervisor) || !existsSync(socket)) return [];
  const file = relative(root, socket);
  if (facts.supervisor === 'absent') return [info({ code: 'socket-stale', file }, { file })];
  const { pid = null, state } = supervisorOf(facts) ?? {};
  const fact = { code: 'supervisor-silent', pid, isStopped: state === 'stopped' } as const;
  return [error(fact, pid === null ? { file } : { file, pid })];
}

function checkFilesOf(
  { service, status, record, members }: ServiceFacts,
  { checkout: { root }, supervisor }: DoctorFacts,
): readonly Finding[] {
  const paths = pathsOf(root);
  const statusFile = relative(root, paths.status(service));
  const recordFile = relative(root, paths.runRecord(service));
  const file = relative(root, paths.pid(service));
  const damaged = [
    ...unreadable(root, statusFile, { service, unread: status, isLost: false }),
    ...unreadable(root, recordFile, { service, unread: record, isLost: supervisor === 'absent' }),
  ];
  const judged = typeof status === 'object' ? status : null;
  // Its supervisor may be in the middle of a start or stop, and knows what a damaged file does not tell.
  if (judged?.supervised || (supervisor !== 'absent' && damaged.length > 0)) return damaged;
  const claimed = judged?.status.pid ?? null;
  const stale = [
    ...(claimed !== null && judged?.pid === null ? [statusFile] : []),
    ...(typeof record === 'object' && members.length === 0 ? [recordFile] : []),
  ];
  const named = Number(/^\d{1,9}$/m.exec(readTextIfThere(join(root, file)) ?? '')?.[0] ?? 0);
  const isTrue = named === 0 || judged?.pid === named || members.some(({ identity }) => identity.pid === named);
  const command = identityOf(named) === undefined ? null : (commandLineOf(named) ?? '');
  const isStale = !isTrue && command === null && stale.length > 0;
  const files = isStale ? [...stale, file] : stale;
  const where = { service, file: files[0] ?? file, ...(claimed !== null && { pid: claimed }) };
  return [
    ...damaged,
    ...(files.length === 0 ? [] : [warning({ code: 'state-stale', service, files }, where)]),
    ...(isTrue || isStale
      ? []
      : [warning({ code: 'pid-file', file, pid: named, command }, { service, file, pid: named })]),
  ];
}

function checkRun({ service, status, members, isRootAlive }: ServiceFacts): readonly Finding[] {
  return [
    ...(typeof status === 'object' ? judgeService(service, status) : []),
    ...(isRootAlive || members.length === 0 ? [] : [leftover(service, members)]),
  ];
}

/** Whatever `status` holds against a service: nothing is called unwell there of which nothing is told here. */
export function judgeService(service: string, { state, pid, stopped, status }: JudgedStatus): readonly Finding[] {
  const { failure, log: file } = status;
  const findings: Finding[] = [];
  if (failure !== null) findings.push(error({ code: 'failure', service, failure }, { service, file }));
  if (pid !== null && stopped.includes('service')) {
    const find = state === 'ready' ? warning : error;
    findings.push(find({ code: 'process-stopped', service, pid }, { service, pid }));
  }
  // Of what crashed its stale files tell.
  const isUnwell = state === 'unhealthy' || state === 'failed';
  if (isUnwell && findings.length === 0) findings.push(error({ code: 'unwell', service, state }, { service, file }));
  return findings;
}

/** Processes of runs whose record is damaged or gone. */
function checkUnrecorded(root: string, states: readonly ServiceFacts[]): readonly Finding[] {
  const paths = pathsOf(root);
  const known = new Set(states.map(({ record }) => (typeof record === 'object' ? record.id : '')));
  return findRunIds(paths.runs)
    .filter((id) => !known.has(id))
    .map((id) => findMembers({ id, root: null, fifo: paths.fifo(id), log: '' }))
    .filter((members) => members.length > 0)
    .map((members) => leftover(null, members));
}

function leftover(service: string | null, members: readonly RunMember[]): Finding {
  const processes = members.map(({ identity: { pid } }) => ({ pid, command: commandLineOf(pid) ?? '' }));
  return warning({ code: 'leftover', service, processes }, { pid: processes[0]?.pid ?? 0 });
}

interface Document {
  readonly service: string;
  readonly unread: object | Unread;
  readonly isLost: boolean;
}

function unreadable(root: string, file: string, { service, unread, isLost }: Document): readonly Finding[] {
  if (unread !== 'damaged' && unread !== 'denied') return [];
  const claimed = /"schemaVersion": *(\d+)/.exec(readTextIfThere(join(root, file)) ?? '')?.[1] ?? '1';
  const version = claimed === '1' ? null : claimed;
  const owner = unread === 'denied' ? fileOwner(join(root, file)) : null;
  return [warning({ code: 'state-unreadable', file, service, version, owner, isLost }, { service, file })];
}
